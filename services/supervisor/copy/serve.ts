import type { Socket } from 'node:net';
import { type handleBidiStreamingCall, type ServerDuplexStream, status } from '@grpc/grpc-js';
import type { CopyInput, CopyStart, TunnelOutput } from '../../../lib/control/generated/control.ts';
import { carryTunnel, messagesOf } from '../../../lib/control/tunnel.ts';
import type { CopyOrder } from '../../../lib/copy/order.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { isRefusal, refusal } from '../access/refusal.ts';
import type { Copier } from './copier.ts';

type Call = ServerDuplexStream<CopyInput, TunnelOutput>;

/** The Copy call of control.proto. @param open starts the program that copies, or throws a refusal */
export function copyCall(
  open: (service: string, order: CopyOrder) => Copier,
): handleBidiStreamingCall<CopyInput, TunnelOutput> {
  return (call) => {
    serve(call, open).then(
      () => call.end(),
      (thrown: unknown) => {
        if (call.cancelled) return;
        call.emit('error', isRefusal(thrown) ? thrown : refusal(status.ABORTED, reasonOf(thrown)));
      },
    );
  };
}

async function serve(call: Call, open: (service: string, order: CopyOrder) => Copier): Promise<void> {
  const messages = messagesOf<CopyInput>(call);
  const first = await messages.next();
  const start = first.done ? undefined : first.value.start;
  if (!start) throw refusal(status.INVALID_ARGUMENT, 'Cannot copy: the first message does not say what');
  const copier = open(start.service, orderOf(start));
  const hangUp = (): void => copier.stop();
  call.on('cancelled', hangUp);
  if (call.cancelled) hangUp();
  const carried = carry(copier.archive, call, messages);
  // A reason of the program's own comes before what the broken connection to it says.
  const failure = await copier.failed;
  if (failure !== '') {
    copier.archive.destroy();
    throw refusal(status.FAILED_PRECONDITION, failure);
  }
  const broken = await carried;
  if (broken !== undefined) throw broken;
}

/** What broke it off, if anything did; the program hears of that by the end of its own connection. */
async function carry(archive: Socket, call: Call, messages: AsyncIterable<CopyInput>): Promise<unknown> {
  try {
    await carryTunnel(archive, call, messages);
    return undefined;
  } catch (thrown) {
    return thrown;
  }
}

function orderOf({ path, direction, follow }: CopyStart): CopyOrder {
  if (path === '' || path.includes('\0'))
    throw refusal(status.INVALID_ARGUMENT, `Cannot copy: "${path}" is no path`);
  if (direction === 'send') return { kind: 'send', path, follow };
  if (direction === 'receive' || direction === 'unpack')
    return { kind: 'receive', path, archive: direction === 'unpack' };
  throw refusal(status.INVALID_ARGUMENT, `Cannot copy: unknown direction "${direction}"`);
}
