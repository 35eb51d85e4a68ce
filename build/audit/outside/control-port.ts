import { connect } from 'node:http2';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { withGuestPort } from './guest-port.ts';
import type { OutsideAttack } from './world.ts';

/** A busy machine under emulation takes seconds for its part of a handshake. */
const answerMs = 30_000;
const status = '/kit.control.v1.Control/Status';

/** Asks the control service over TLS for its status, without a certificate, and without TLS. */
export const controlWithoutCertificate: OutsideAttack = async (world) => {
  if (world.controlPort === undefined) return undefined;
  return withGuestPort(world, world.controlPort, async (open) => {
    const reached: string[] = [];
    for (const scheme of ['https', 'http'] as const) {
      const socket = await open();
      if (await answers(`${scheme}://127.0.0.1`, socket)) reached.push(`was answered over ${scheme}`);
    }
    return reached.join(', ') || undefined;
  });
};

function answers(address: string, socket: Socket): Promise<boolean> {
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  const secure = address.startsWith('https');
  const session = connect(address, {
    createConnection: () =>
      secure ? connectTls({ socket, ALPNProtocols: ['h2'], rejectUnauthorized: false }) : socket,
  });
  session.on('error', () => resolve(false)).on('close', () => resolve(false));
  const headers = { ':method': 'POST', ':path': status, 'content-type': 'application/grpc', te: 'trailers' };
  const request = session.request(headers);
  request.on('error', () => resolve(false));
  // An answer of its service, whatever it says: the client was let in.
  request.on('response', (answer) => resolve(answer[':status'] === 200));
  request.end(Buffer.alloc(5));
  // Neither let in nor turned away: nothing is known.
  const late = new Error(`the control port did not answer within ${answerMs / 1000} s`);
  const timer = setTimeout(() => reject(late), answerMs);
  return promise.finally(() => {
    clearTimeout(timer);
    session.destroy();
    socket.destroy();
  });
}
