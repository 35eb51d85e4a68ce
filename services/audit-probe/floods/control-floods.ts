import { readFileSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { guestPaths } from '../../../lib/bundle/bundle.ts';
import type { ControlConfig } from '../../../lib/bundle/control.ts';
import { codeOf } from '../../../lib/errors/errors.ts';
import type { Attempt } from '../attack.ts';
import { call, controlSession, inMachine, unansweredSockets } from './control-client.ts';
import { Crowd, goodSource } from './crowd.ts';
import { Follows } from './follows.ts';

/** Twice what the control service has open at one time (services/supervisor/access). */
const crowd = { size: 128, addresses: 32 } as const;

/** While silent connections fill the port and the reading socket, other clients come. */
export async function controlCrowd(): Promise<Attempt> {
  const reached: string[] = [];
  const port = controlPort();
  // It has no certificates yet, and perhaps never gets any.
  if (port && (await answersTls(port))) {
    using _ = await Crowd.ofPeers(port, crowd.size, crowd.addresses);
    if (!(await answersTls(port))) reached.push(`port ${port.port} does not answer another client`);
  }
  using _ = await Crowd.atSocket(inMachine(guestPaths.readSocket), crowd.size);
  for (const path of await unansweredSockets()) reached.push(`${path} does not answer`);
  return reached.length === 0 ? undefined : `${crowd.size} silent connections: ${reached.join(', ')}`;
}

function controlPort(): { host: string; port: number } | undefined {
  let text: string;
  try {
    text = readFileSync(inMachine(guestPaths.control), 'utf8');
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
  const { host, port } = JSON.parse(text) as ControlConfig;
  return { host: /^(?:0\.0\.0\.0|::)?$/.test(host) ? '127.0.0.1' : host, port };
}

const handshakeMs = 30_000;

/**
 * Whether a peer that begins a handshake is answered. It has no certificate, which only the answer to the
 * server's part of the handshake says. An answer that is no TLS is one, too.
 */
async function answersTls({ host, port }: { host: string; port: number }): Promise<boolean> {
  const localAddress = host === '127.0.0.1' ? goodSource : undefined;
  const socket = connectSocket({ host, port, ...(localAddress && { localAddress }) });
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const tls = connectTls({ socket, ALPNProtocols: ['h2'], rejectUnauthorized: false });
  tls.on('secureConnect', () => resolve(true)).on('close', () => resolve(false));
  tls.on('error', (error) => resolve(codeOf(error)?.startsWith('ERR_SSL_') ?? false));
  socket.on('error', () => resolve(false));
  const timer = setTimeout(() => resolve(false), handshakeMs);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    tls.destroy();
    socket.destroy();
  }
}

/** What a reader opens. kit's limit is 8 of one service, 32 of all (services/supervisor/access/limits.ts). */
const flood = { sessions: 16, calls: 128, most: 64, ms: 30_000 } as const;

/** LogsRequest of control.proto: follow = true, tail = 1. */
const followRequest = Buffer.from([0x10, 1, 0x18, 1]);

/** A reader opens thousands of calls that last, and another client comes meanwhile. */
export async function controlStreams(): Promise<Attempt> {
  const sessions = Array.from({ length: flood.sessions }, () =>
    controlSession(inMachine(guestPaths.readSocket)),
  );
  try {
    const follows = new Follows(flood.most);
    for (const session of sessions)
      for (let count = 0; count < flood.calls; count += 1) follows.add(call(session, 'Logs', followRequest));
    const late = pause(flood.ms, undefined, { ref: false });
    const [unanswered] = await Promise.all([unansweredSockets(), Promise.race([follows.over, late])]);
    if (follows.most > flood.most) return `a reader has ${follows.most} calls open at one time`;
    return unanswered.length === 0
      ? undefined
      : `while a reader makes ${follows.made} calls, ${unanswered.join(' and ')} does not answer`;
  } finally {
    for (const session of sessions) session.destroy();
  }
}
