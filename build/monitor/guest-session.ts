import { type ClientHttp2Session, connect as http2Connect } from 'node:http2';
import type { Socket } from 'node:net';
import { frameHeaderBytes, isFreshSession } from '../../lib/control/handshake.ts';

/**
 * Opens an HTTP/2 session with the guest's gRPC server over a new connection. The guest sends first: a
 * virtio-serial port does not show it that the last connection was closed, so it would read our preface as
 * part of the old session. Nothing is sent before the guest's SETTINGS frame arrives. Closes the connection
 * and rejects when nothing arrives within `patienceMs`, or anything else arrives.
 */
export async function openGuestSession(socket: Socket, patienceMs: number): Promise<ClientHttp2Session> {
  try {
    const first = await firstFrameHeader(socket, patienceMs);
    if (!isFreshSession(first)) throw new Error('the guest is in the middle of another session');
    socket.unshift(first);
  } catch (thrown) {
    socket.destroy();
    throw thrown;
  }
  return await handshaken(http2Connect('http://guest', { createConnection: () => socket }), patienceMs);
}

function firstFrameHeader(socket: Socket, patienceMs: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const timer = setTimeout(() => reject(new Error('the guest does not answer')), patienceMs);
  const read = (): void => {
    const header: Buffer | null = socket.read(frameHeaderBytes);
    if (header && header.length >= frameHeaderBytes) resolve(header);
  };
  const closed = (): void => reject(new Error('the connection to the guest was closed'));
  socket.on('readable', read).on('error', closed).on('close', closed);
  return promise.finally(() => {
    clearTimeout(timer);
    socket.off('readable', read).off('close', closed);
    // Later errors are reported by the session, but an error event without a listener would end the process.
    socket.on('error', () => {}).off('error', closed);
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
