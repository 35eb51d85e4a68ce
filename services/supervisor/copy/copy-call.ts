import type { Socket } from 'node:net';
import { type handleBidiStreamingCall, type ServerDuplexStream, status } from '@grpc/grpc-js';
import type { CopyInput, CopyStart, TunnelOutput } from '../../../lib/control/generated/control.ts';
import { carryTunnel, messagesOf } from '../../../lib/control/tunnel.ts';
import type { CopyOrder } from '../../../lib/copy/order.ts';
import { rpcError, toRpcError } from '../calls/rpc-error.ts';
import type { Copier } from './copier.ts';

type Call = ServerDuplexStream<CopyInput, TunnelOutput>;

/** The Copy call of control.proto. @param start starts the copy program, or throws an RpcError */
export function copyCall(
  start: (service: string, order: CopyOrder) => Copier,
): handleBidiStreamingCall<CopyInput, TunnelOutput> {
  return (call) => {
    serve(call, start).then(
      () => call.end(),
      (thrown: unknown) => call.cancelled || call.emit('error', toRpcError(thrown, status.ABORTED)),
    );
  };
}

async function serve(call: Call, startCopier: (service: string, order: CopyOrder) => Copier): Promise<void> {
  const messages = messagesOf<CopyInput>(call);
  const first = await messages.next();
  const start = first.done ? undefined : first.value.start;
  if (!start) throw rpcError(status.INVALID_ARGUMENT, 'Cannot copy: the first message does not say what');
  const copier = startCopier(start.service, copyOrderOf(start));
  const stop = (): void => copier.stop();
  call.on('cancelled', stop);
  if (call.cancelled) stop();
  const carried = carry(copier.archive, call, messages);
  // The program's own reason is more precise than the error of the connection that its exit closed.
  const failure = await copier.failure;
  if (failure !== '') {
    copier.archive.destroy();
    throw rpcError(status.FAILED_PRECONDITION, failure);
  }
  const error = await carried;
  if (error !== undefined) throw error;
}

/**
 * Resolves to the error that interrupted it, if any. The program sees an interruption as the end of its
 * connection.
 */
async function carry(archive: Socket, call: Call, messages: AsyncIterable<CopyInput>): Promise<unknown> {
  try {
    await carryTunnel(archive, call, messages);
    return undefined;
  } catch (thrown) {
    return thrown;
  }
}

function copyOrderOf({ path, direction, follow }: CopyStart): CopyOrder {
  if (path === '' || path.includes('\0'))
    throw rpcError(status.INVALID_ARGUMENT, `Cannot copy: "${path}" is not a path`);
  if (direction === 'send') return { kind: 'send', path, follow };
  if (direction === 'receive' || direction === 'unpack')
    return { kind: 'receive', path, archive: direction === 'unpack' };
  throw rpcError(status.INVALID_ARGUMENT, `Cannot copy: unknown direction "${direction}"`);
}
