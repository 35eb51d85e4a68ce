import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { ipv4Bytes } from '../../../lib/net/ipv4.ts';

/** A line of /proc/net/tcp: `sl: local rem st tx:rx tr:when retrnsmt uid timeout inode …`. */
const row = /^\s*\d+: (\S+) (\S+) \S+ \S+ \S+ \S+\s+(\d+)\s+\d+ (\d+) /gm;

/**
 * The user who made the other end of an IPv4 connection within this host, by proc_pid_net(5). Undefined if
 * the kernel does not say: the other end is on another host or in another network namespace, or is closed.
 */
export async function peerUid(socket: Socket): Promise<number | undefined> {
  const { localAddress, localPort, remoteAddress, remotePort } = socket;
  if (!localAddress || !remoteAddress || localPort === undefined || remotePort === undefined)
    return undefined;
  // The other end's point of view.
  const ends = [endpoint(remoteAddress, remotePort), endpoint(localAddress, localPort)] as const;
  // A program may use an IPv6 socket for an IPv4 address (ipv6(7)).
  return (
    findUid(await readTable('tcp'), ...ends) ??
    findUid(await readTable('tcp6'), `${mapped}${ends[0]}`, `${mapped}${ends[1]}`)
  );
}

/** ::ffff:0:0/96 as numbers of this host's byte order. */
const mapped = '0000000000000000FFFF0000';

function findUid(table: string, own: string, other: string): number | undefined {
  for (const [, local, remote, uid, inode] of table.matchAll(row)) {
    // Without an inode its program has closed it, and the uid is 0 whoever that was.
    if (local === own && remote === other && inode !== '0') return Number(uid);
  }
  return undefined;
}

/** `0100007F:2403`: the address as a number of this host's byte order, which is little-endian. */
function endpoint(address: string, port: number): string {
  const bytes = Buffer.from(ipv4Bytes(address)).reverse();
  return `${bytes.toString('hex')}:${port.toString(16).padStart(4, '0')}`.toUpperCase();
}

const readTable = (name: string): Promise<string> => readFile(`/proc/net/${name}`, 'latin1').catch(() => '');
