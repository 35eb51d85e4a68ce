import { connect, type Socket } from 'node:net';
import { Untried } from '../attack.ts';
import { type TcpListener, tcpListeners } from '../listening.ts';
import { goodSource } from './crowd.ts';

/** A server of SSH speaks first (RFC 4253, 4.2); under emulation, among busy neighbours, after seconds. */
const greetingMs = { usual: 30_000, other: 6000 } as const;
const sshPort = 22;
/** A machine that listens at more ports is asked at these. */
const mostPorts = 32;

export const identification = 'SSH-2.0-kit_audit\r\n';

/** The server of SSH that the machine runs, at whatever port. @throws Untried when there is none */
export async function sshServer(): Promise<TcpListener> {
  const listeners = tcpListeners().slice(0, mostPorts);
  try {
    return await Promise.any(listeners.map(greeting));
  } catch {
    throw new Untried('no ssh server listens in the network of the machine');
  }
}

/** @throws Error when it gives none */
async function greeting(listener: TcpListener): Promise<TcpListener> {
  const ms = listener.port === sshPort ? greetingMs.usual : greetingMs.other;
  if (await getsTo(listener, hasGreeting, ms)) return listener;
  throw new Error(`port ${listener.port} does not speak first`);
}

/** The client who has done nothing wrong is answered up to the start of the key exchange. */
export const answersSsh = (server: TcpListener): Promise<boolean> =>
  getsTo(server, hasKeyExchange, greetingMs.usual);

/** Whether a new connection gets that far within the time; false as soon as it is closed. */
async function getsTo(
  { host, port }: TcpListener,
  has: (text: string) => boolean,
  ms: number,
): Promise<boolean> {
  const socket = connect({ host, port, localAddress: goodSource });
  socket.write(identification);
  try {
    return await arrives(socket, has, ms);
  } finally {
    socket.destroy();
  }
}

/** Above it, what comes is no greeting. */
const mostBytes = 64 << 10;

/** Whether what the peer sends begins with what is awaited. */
export function arrives(socket: Socket, has: (text: string) => boolean, ms: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  let text = '';
  socket.on('error', () => resolve(false)).on('close', () => resolve(false));
  socket.on('data', (bytes: Buffer) => {
    text += bytes.toString('latin1');
    if (has(text)) resolve(true);
    else if (text.length > mostBytes) resolve(false);
  });
  const timer = setTimeout(() => resolve(false), ms);
  return promise.finally(() => clearTimeout(timer));
}

/** Other lines may come before it. @param text in latin1 */
export const hasGreeting = (text: string): boolean => /^SSH-2\.0-[^\n]*\n/m.test(text);

/** RFC 4253, 6 and 7.1: uint32 packet_length, byte padding_length, byte SSH_MSG_KEXINIT = 20 */
export const hasKeyExchange = (text: string): boolean => /^SSH-2\.0-[^\n]*\n[\s\S]{5}\x14/m.test(text);
