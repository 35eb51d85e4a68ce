import type { Socket } from 'node:net';
import { type handleBidiStreamingCall, type ServerDuplexStream, status } from '@grpc/grpc-js';
import type { TunnelOutput } from '../../../lib/control/generated/control.ts';
import { carryTunnel, messagesOf, type TunnelMessage } from '../../../lib/control/tunnel.ts';
import { codeOf, reasonOf } from '../../../lib/errors/errors.ts';
import { isRpcError, type RpcError, rpcError } from '../calls/rpc-error.ts';

/** The client's messages: the first one has `start`, the others bytes. */
interface TunnelInput<Start> extends TunnelMessage {
  readonly start?: Start | undefined;
}

/**
 * A call that carries the bytes of one connection (Forward and Debug of control.proto).
 * @param open connects, with `allowHalfOpen`, or throws an RpcError or another reason
 */
export function tunnelCall<Start>(
  open: (start: Start) => Promise<Socket>,
): handleBidiStreamingCall<TunnelInput<Start>, TunnelOutput> {
  return (call) => {
    serve(call, open).then(
      () => call.end(),
      (thrown: unknown) =>
        call.cancelled || call.emit('error', isRpcError(thrown) ? thrown : brokenOff(thrown)),
    );
  };
}

async function serve<Start>(
  call: ServerDuplexStream<TunnelInput<Start>, TunnelOutput>,
  open: (start: Start) => Promise<Socket>,
): Promise<void> {
  const messages = messagesOf<TunnelInput<Start>>(call);
  const first = await messages.next();
  const start = first.done ? undefined : first.value.start;
  if (!start)
    throw rpcError(status.INVALID_ARGUMENT, 'Cannot open a tunnel: the first message does not say where to');
  const socket = await open(start);
  // If the client has left meanwhile, reading the messages throws.
  await carryTunnel(socket, call, messages);
}

function brokenOff(thrown: unknown): RpcError {
  const why = codeOf(thrown) === 'ECONNRESET' ? 'it was reset' : reasonOf(thrown);
  return rpcError(status.ABORTED, `the connection broke off: ${why}`);
}
