import type { Socket } from 'node:net';
import { type handleBidiStreamingCall, type ServerDuplexStream, status } from '@grpc/grpc-js';
import type { TunnelOutput } from '../../../lib/control/generated/control.ts';
import { carryTunnel, messagesOf, type TunnelMessage } from '../../../lib/control/tunnel.ts';
import { codeOf, reasonOf } from '../../../lib/errors/errors.ts';
import { isRefusal, type Refusal, refusal } from '../access/refusal.ts';

/** Messages of a tunnel: what it leads to, then bytes. */
interface Input<Start> extends TunnelMessage {
  readonly start?: Start | undefined;
}

/**
 * A call that is a byte stream to a socket of the machine: the first message says to which. `open` makes the socket, with
 * `allowHalfOpen`, or throws a refusal, or the reason.
 */
export function tunnelCall<Start>(
  open: (start: Start) => Promise<Socket>,
): handleBidiStreamingCall<Input<Start>, TunnelOutput> {
  return (call) => {
    serve(call, open).then(
      () => call.end(),
      (thrown: unknown) =>
        call.cancelled || call.emit('error', isRefusal(thrown) ? thrown : brokenOff(thrown)),
    );
  };
}

async function serve<Start>(
  call: ServerDuplexStream<Input<Start>, TunnelOutput>,
  open: (start: Start) => Promise<Socket>,
): Promise<void> {
  const messages = messagesOf<Input<Start>>(call);
  const first = await messages.next();
  const start = first.done ? undefined : first.value.start;
  if (!start)
    throw refusal(status.INVALID_ARGUMENT, 'Cannot open a tunnel: the first message does not say where to');
  const socket = await open(start);
  // A client that has left meanwhile ends the messages with an error.
  await carryTunnel(socket, call, messages);
}

function brokenOff(thrown: unknown): Refusal {
  const why = codeOf(thrown) === 'ECONNRESET' ? 'it was reset' : reasonOf(thrown);
  return refusal(status.ABORTED, `the connection broke off: ${why}`);
}
