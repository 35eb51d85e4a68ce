import type { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';

/** What crosses a tunnel in either direction, after the message that opens it: bytes, then the word that no more will come. */
export interface TunnelMessage {
  readonly data?: Uint8Array | undefined;
  readonly end?: boolean | undefined;
}

/** A call of control.proto as either side has it: a stream of messages each way. */
export type TunnelStream = Pick<Readable, 'iterator'> & Pick<Writable, 'write' | 'on' | 'off' | 'destroyed'>;

/**
 * Carries bytes both ways between a connection and a call until both directions are over: one that ends leaves the other
 * as it is (RFC 9293 section 3.6). Neither side is read faster than the other one takes it. What ends the call itself is
 * the caller's. @throws when either breaks off; the connection is reset then, so that nobody takes a part for the whole
 * @param socket made with `allowHalfOpen`
 * @param messages what is left to read of the call
 */
export async function carryTunnel(
  socket: Socket,
  call: TunnelStream,
  messages: AsyncIterable<TunnelMessage> = messagesOf(call),
): Promise<void> {
  const { promise: broken, reject } = Promise.withResolvers<never>();
  // For as long as they live: an error that nobody listens to would end the process.
  socket.on('error', reject);
  call.on('error', reject);
  try {
    await Promise.race([Promise.all([hearSocket(socket, call), hearCall(messages, socket)]), broken]);
  } catch (thrown) {
    reset(socket);
    throw thrown;
  }
}

/** The messages of a call. Reading them to their end, or no further, leaves the call as it is. */
export function messagesOf<Message>(call: Pick<Readable, 'iterator'>): AsyncIterableIterator<Message> {
  return call.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Message>;
}

async function hearSocket(socket: Socket, call: TunnelStream): Promise<void> {
  for await (const data of socket.iterator({ destroyOnReturn: false })) await give(call, { data });
  await give(call, { end: true });
}

/** The end of the call alone is no end of the bytes: a client that was killed has it, too, before it counts as cancelled. */
async function hearCall(messages: AsyncIterable<TunnelMessage>, socket: Socket): Promise<void> {
  for await (const { data, end } of messages) {
    if (data) await give(socket, data);
    if (end) return finish(socket);
  }
  throw new Error('it ended in the middle');
}

async function finish(socket: Socket): Promise<void> {
  socket.end();
  await finished(socket, { readable: false });
}

/** Resolves when more may be written. What is gone needs no waiting: whoever reads it hears of that. */
async function give(
  stream: Pick<TunnelStream, 'write' | 'on' | 'off' | 'destroyed'>,
  value: unknown,
): Promise<void> {
  if (stream.destroyed || stream.write(value)) return;
  await new Promise<void>((resolve) => {
    const events = ['drain', 'error', 'close'] as const;
    const done = (): void => {
      for (const event of events) stream.off(event, done);
      resolve();
    };
    for (const event of events) stream.on(event, done);
  });
}

/** A unix socket knows no reset. */
function reset(socket: Socket): void {
  if (socket.remoteFamily === undefined) socket.destroy();
  else socket.resetAndDestroy();
}
