import { type ClientHttp2Session, connect as http2Connect } from 'node:http2';
import type { Socket } from 'node:net';
import { frameHeaderBytes, isFreshSession } from '../../lib/control/handshake.ts';

/**
 * A session with the gRPC server in the guest over a new connection to QEMU's end of the port. The guest
 * speaks first: not a byte is sent before its SETTINGS frame is there, since a guest that has not noticed the
 * last connection going would take our preface for a part of the session it still has. Rejects, connection
 * closed, when it says nothing for `patienceMs` or anything else.
 */
export async function openGuestSession(socket: Socket, patienceMs: number): Promise<ClientHttp2Session> {
  try {
    const first = await firstBytes(socket, patienceMs);
    if (!isFreshSession(first)) throw new Error('the guest is in the middle of another session');
    socket.unshift(first);
  } catch (thrown) {
    socket.destroy();
    throw thrown;
  }
  return await settled(http2Connect('http://guest', { createConnection: () => socket }), patienceMs);
}

function firstBytes(socket: Socket, patienceMs: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const timer = setTimeout(() => reject(new Error('the guest does not answer')), patienceMs);
  const look = (): void => {
    const header: Buffer | null = socket.read(frameHeaderBytes);
    if (header && header.length >= frameHeaderBytes) resolve(header);
  };
  const gone = (): void => reject(new Error('the connection to the guest was closed'));
  socket.on('readable', look).on('error', gone).on('close', gone);
  return promise.finally(() => {
    clearTimeout(timer);
    socket.off('readable', look).off('close', gone);
    // An error after this belongs to the session, which hears of it by itself.
    socket.on('error', () => {}).off('error', gone);
  });
}

/** Until the settings of both sides have arrived: a frame header alone may be chance. */
function settled(session: ClientHttp2Session, patienceMs: number): Promise<ClientHttp2Session> {
  const { promise, resolve, reject } = Promise.withResolvers<ClientHttp2Session>();
  const fail = (): void => {
    session.destroy();
    reject(new Error('the guest did not finish the handshake'));
  };
  const timer = setTimeout(fail, Math.max(patienceMs, handshakeMs));
  session.on('error', () => {}).once('close', fail);
  // Our own SETTINGS were acknowledged: the guest has read our preface, so both ends agree on where they are.
  session.once('localSettings', () => resolve(session));
  return promise.finally(() => {
    clearTimeout(timer);
    session.off('close', fail);
  });
}

/** The guest has spoken, so it is alive; but it may be slow. */
const handshakeMs = 5000;
