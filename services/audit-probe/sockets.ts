import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Attempt } from './attack.ts';

/** A server that does not want its peer closes the connection; one that does keeps it. */
const patienceMs = 1500;

/** Connects to a unix socket and says nothing; reached: the server keeps the connection. */
export async function connectTo(path: string): Promise<Attempt> {
  const socket = connect({ path });
  try {
    await once(socket, 'connect');
    const closed = once(socket, 'close').then(() => true);
    const refused = await Promise.race([closed, pause(patienceMs, false)]);
    return refused ? undefined : `connected to ${path.replace('\0', '@')}`;
  } finally {
    socket.destroy();
  }
}

/** The names of the abstract sockets that listen in this network namespace (unix(7)), each once. */
export function abstractSockets(): string[] {
  const lines = readFileSync('/proc/net/unix', 'utf8').split('\n');
  // Num RefCount Protocol Flags Type St Inode Path; flag 0x10000: it listens.
  const names = lines.flatMap((line) => / 00010000 0001 \d+ +\d+ @(\S+)$/.exec(line)?.[1] ?? []);
  return [...new Set(names)].map((name) => `\0${name}`);
}
