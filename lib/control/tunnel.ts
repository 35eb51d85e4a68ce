import type { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { writeTo } from './write-to.ts';

/**
 * A message of a tunnel in either direction, after the one that opens it: bytes, or the end of this
 * direction.
 */
export interface TunnelMessage {
  readonly data?: Uint8Array | undefined;
  readonly end?: boolean | undefined;
}

/** A bidirectional streaming call, as server or client. */
export type TunnelStream = Pick<Readable, 'iterator'> & Pick<Writable, 'write' | 'on' | 'off' | 'destroyed'>;

/**
 * Carries bytes both ways between a connection and a call until both directions have ended. The end of one
 * leaves the other open (RFC 9293 section 3.6). Neither side is read faster than the other one accepts it.
 * The caller ends the call itself.
 * @param socket made with `allowHalfOpen`
 * @param messages the rest of the call's messages
 * @throws if either side breaks off; the connection is reset then, so that its peer does not take a part of
 *   the bytes for all of them
 */
export async function carryTunnel(
  socket: Socket,
  call: TunnelStream,
  messages: AsyncIterable<TunnelMessage> = messagesOf(call),
): Promise<void> {
  // Node would answer the end of one direction by ending the other, and the rest of its bytes would be lost.
  if (!socket.allowHalfOpen) throw new TypeError('a tunnel needs a socket with allowHalfOpen');
  const broken = new Promise<never>((_, reject) => {
    // Never removed: an error without a listener would end the process.
    socket.on('error', reject);
    call.on('error', reject);
  });
  try {
    await Promise.race([Promise.all([sendToCall(socket, call), sendToSocket(messages, socket)]), broken]);
  } catch (thrown) {
    reset(socket);
    throw thrown;
  }
}

/** Iterates the messages of a call. Stopping early does not destroy the call. */
export function messagesOf<Message>(call: Pick<Readable, 'iterator'>): AsyncIterableIterator<Message> {
  return call.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Message>;
}

async function sendToCall(socket: Socket, call: TunnelStream): Promise<void> {
  for await (const data of socket.iterator({ destroyOnReturn: false })) await writeTo(call, { data });
  await writeTo(call, { end: true });
}

/**
 * Only an `end` message ends the bytes. The end of the call alone does not: it also comes, before the
 * cancellation, when the client was killed.
 */
async function sendToSocket(messages: AsyncIterable<TunnelMessage>, socket: Socket): Promise<void> {
  for await (const { data, end } of messages) {
    if (data) await writeTo(socket, data);
    if (end) return endOutput(socket);
  }
  throw new Error('it ended in the middle');
}

async function endOutput(socket: Socket): Promise<void> {
  socket.end();
  await finished(socket, { readable: false });
}

/** Unix sockets have no reset. */
function reset(socket: Socket): void {
  if (socket.remoteFamily === undefined) socket.destroy();
  else socket.resetAndDestroy();
}
