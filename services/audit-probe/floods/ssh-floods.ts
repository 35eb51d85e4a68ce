import { connect, type Socket } from 'node:net';
import type { Attempt } from '../attack.ts';
import { Crowd, floodSource } from './crowd.ts';
import { ListenerMemory } from './memory.ts';
import { answersSsh, arrives, hasGreeting, identification, sshServer } from './ssh-server.ts';

/** More than any usual limit of connections that have not logged in; of sshd's default, 100 (MaxStartups). */
const crowdSize = 128;

/** While silent connections of one address fill what the server keeps for logins, another client comes. */
export async function sshCrowd(): Promise<Attempt> {
  const server = await sshServer();
  using _ = await Crowd.ofPeers(server, crowdSize, 1);
  if (await answersSsh(server)) return undefined;
  return `${crowdSize} silent connections of one address keep port ${server.port} from answering another`;
}

const mib = 1 << 20;
/**
 * What is sent at most, and how much more memory the server may have while it comes. The kernel alone takes
 * up to ten MiB for a server that reads nothing (tcp_rmem and tcp_wmem of tcp(7)).
 */
const flood = { bytes: 32 * mib, memoryMib: 24, ms: 30_000 } as const;
/** RFC 4253, 6.1: no server has to take packets above 35000 bytes. Of 64 MiB, memory is found for a start. */
const badLength = Buffer.from([4, 0, 0, 4, 4, 20]);
const chunk = Buffer.alloc(64 << 10);
const sampledBytes = 4 * mib;
const greetingMs = 30_000;
/** A server that has been told to close may take a moment for its last bytes. */
const closingMs = 5000;

/** A connection that is not logged in announces a packet of 64 MiB, and sends what it can of it. */
export async function sshFlood(): Promise<Attempt> {
  const server = await sshServer();
  const memory = new ListenerMemory(server);
  const before = memory.mib;
  const { host, port } = server;
  const socket = connect({ host, port, localAddress: floodSource, allowHalfOpen: true });
  socket.write(identification);
  try {
    if (!(await arrives(socket, hasGreeting, greetingMs)))
      throw new Error(`port ${port} did not answer within ${greetingMs / 1000} s`);
    const grown = (): number => memory.mib - before;
    const sent = await pour(socket, () => grown() > flood.memoryMib);
    if (grown() > flood.memoryMib)
      return `${Math.round(grown())} MiB of memory went to one connection that is not logged in`;
    return socket.closed ? undefined : `took ${Math.round(sent / mib)} MiB of one that is not logged in`;
  } finally {
    socket.destroy();
  }
}

/** Sends until the peer has closed the connection, all is sent, it is enough, or the time is over. */
async function pour(socket: Socket, isEnough: () => boolean): Promise<number> {
  const late = AbortSignal.timeout(flood.ms);
  socket.write(badLength);
  let sent = 0;
  for (; sent < flood.bytes && !socket.closed && !late.aborted; sent += chunk.length) {
    if (sent % sampledBytes === 0 && isEnough()) return sent;
    if (!socket.write(chunk)) await either(socket, ['drain', 'close'], late);
  }
  if (!isEnough()) await either(socket, ['close'], AbortSignal.timeout(closingMs));
  return sent;
}

/** Resolves at the first of these events, or when the time is over. */
async function either(socket: Socket, events: readonly string[], late: AbortSignal): Promise<void> {
  if (socket.closed || late.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = (): void => resolve();
  late.addEventListener('abort', done);
  for (const event of events) socket.once(event, done);
  await promise;
  late.removeEventListener('abort', done);
  for (const event of events) socket.off(event, done);
}
