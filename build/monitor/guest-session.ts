import { type ClientHttp2Session, connect as http2Connect } from 'node:http2';
import type { Socket } from 'node:net';
import { frameHeaderBytes, isFreshSession } from '../../lib/control/handshake.ts';

export interface SessionWait {
  /** Milliseconds for the guest's first bytes. */
  readonly patienceMs: number;
  /** Milliseconds for a new session, when those belong to an old one. */
  readonly nextMs: number;
  /** Called when the guest has sent anything. */
  readonly heard: () => void;
}

/**
 * Opens an HTTP/2 session with the guest's gRPC server over a new connection. The guest sends first: a
 * virtio-serial port does not show it that the last connection was closed, unless it looks in between, so it
 * would read our preface as part of the old session. Nothing is sent before its first bytes arrive. If they
 * belong to an old session, that is ended by bytes that no session accepts, and the next one awaited: a busy
 * guest may miss any number of closed connections. Closes the connection and rejects when nothing arrives
 * within `patienceMs`, or no session follows within `nextMs`.
 */
export async function openGuestSession(socket: Socket, wait: SessionWait): Promise<ClientHttp2Session> {
  // Later errors are reported by the session, but an error event without a listener would end the process.
  socket.on('error', () => {});
  try {
    const first = await received(socket, wait.patienceMs, frameHeaderBytes, 'the guest does not answer');
    wait.heard();
    const start = isFreshSession(first) ? first : await nextSession(socket, first, wait.nextMs);
    socket.unshift(start);
  } catch (thrown) {
    socket.destroy();
    throw thrown;
  }
  return await handshaken(http2Connect('http://guest', { createConnection: () => socket }), wait.patienceMs);
}

/**
 * Neither the preface of HTTP/2 nor the header of a frame that may be as long as this says. Short, since what
 * is left of it would end the next session, too.
 */
const noSession = Buffer.alloc(64, 0xff);

/** Ends the session that is in progress; resolves to the first bytes of the next one. */
async function nextSession(socket: Socket, first: Buffer, nextMs: number): Promise<Buffer> {
  socket.write(noSession);
  const endMs = performance.now() + nextMs;
  let bytes = first;
  for (;;) {
    const start = freshSession(bytes);
    if (start) return start;
    // The header may be in two pieces.
    const kept = bytes.subarray(Math.max(0, bytes.length - frameHeaderBytes + 1));
    const leftMs = endMs - performance.now();
    const more = await received(socket, leftMs, 1, 'the guest is in the middle of another session');
    bytes = Buffer.concat([kept, more]);
  }
}

/** The bytes from the first header on that a session begins with. */
function freshSession(bytes: Buffer): Buffer | undefined {
  for (let at = 0; at + frameHeaderBytes <= bytes.length; at += 1)
    if (isFreshSession(bytes.subarray(at, at + frameHeaderBytes))) return bytes.subarray(at);
  return undefined;
}

/** All bytes that have arrived, once there are `least`. @param why the error if there are not */
function received(socket: Socket, patienceMs: number, least: number, why: string): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const timer = setTimeout(() => reject(new Error(why)), patienceMs);
  const read = (): void => {
    if (socket.readableLength < least) return;
    const bytes: Buffer | null = socket.read();
    if (bytes) resolve(bytes);
  };
  const closed = (): void => reject(new Error('the connection to the guest was closed'));
  socket.on('readable', read).on('error', closed).on('close', closed);
  read();
  return promise.finally(() => {
    clearTimeout(timer);
    socket.off('readable', read).off('error', closed).off('close', closed);
  });
}

/** Waits for the settings of both sides: nine bytes may look like a frame header by chance. */
function handshaken(session: ClientHttp2Session, patienceMs: number): Promise<ClientHttp2Session> {
  const { promise, resolve, reject } = Promise.withResolvers<ClientHttp2Session>();
  const fail = (): void => {
    session.destroy();
    reject(new Error('the guest did not finish the handshake'));
  };
  const timer = setTimeout(fail, Math.max(patienceMs, handshakeMs));
  session.on('error', () => {}).once('close', fail);
  // The guest has acknowledged our SETTINGS: it has read our preface, and both sides are in the same session.
  session.once('localSettings', () => resolve(session));
  return promise.finally(() => {
    clearTimeout(timer);
    session.off('close', fail);
  });
}

/** A guest that has sent its SETTINGS is alive, but may be slow. */
const handshakeMs = 5000;
