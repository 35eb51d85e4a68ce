import { once } from 'node:events';
import type { Socket } from 'node:net';
import { type handleBidiStreamingCall, type ServerDuplexStream, status } from '@grpc/grpc-js';
import type { Bytes } from '../../../lib/control/generated/control.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { isRefusal, refusal } from '../refusal.ts';

/** Messages of a tunnel: what it leads to, then bytes. */
interface Input<Start> {
  readonly start?: Start | undefined;
  readonly data?: Uint8Array | undefined;
}

/**
 * A call that is a byte stream to a socket of the machine: the first message says to which. `open` makes the socket, or
 * throws a refusal, or the reason.
 */
export function tunnelCall<Start>(
  open: (start: Start) => Promise<Socket>,
): handleBidiStreamingCall<Input<Start>, Bytes> {
  return (call) => {
    serve(call, open).catch((thrown: unknown) => {
      if (call.cancelled) return;
      call.emit('error', isRefusal(thrown) ? thrown : refusal(status.UNAVAILABLE, reasonOf(thrown)));
    });
  };
}

type Call<Start> = ServerDuplexStream<Input<Start>, Bytes>;

async function serve<Start>(call: Call<Start>, open: (start: Start) => Promise<Socket>): Promise<void> {
  const inputs: AsyncIterator<Input<Start>> = call[Symbol.asyncIterator]();
  const first = await inputs.next();
  const start = first.done ? undefined : first.value.start;
  if (!start)
    throw refusal(status.INVALID_ARGUMENT, 'Cannot open a tunnel: the first message does not say where to');
  const socket = await open(start);
  const leave = (): void => void socket.destroy();
  call.once('cancelled', leave);
  if (call.cancelled) return leave();
  void give(inputs, socket).catch(leave);
  await take(socket, call);
  call.end();
}

/** The client's bytes, as fast as the socket takes them; the client's end is half a close. */
async function give<Start>(inputs: AsyncIterator<Input<Start>>, socket: Socket): Promise<void> {
  for (let next = await inputs.next(); !next.done; next = await inputs.next()) {
    const { data } = next.value;
    if (!data || socket.destroyed) continue;
    if (!socket.write(data)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
  }
  socket.end();
}

/** The socket's bytes, as fast as the client takes them. @throws when it breaks off */
async function take<Start>(socket: Socket, call: Call<Start>): Promise<void> {
  for await (const data of socket as AsyncIterable<Buffer>) {
    if (call.cancelled) return;
    if (!call.write({ data })) await Promise.race([once(call, 'drain'), once(call, 'cancelled')]);
  }
}
