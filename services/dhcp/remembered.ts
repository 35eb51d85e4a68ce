import { join } from 'node:path';
import { replaceFile } from '../../lib/files/replace-file.ts';
import { readServiceFile } from '../../lib/files/service-file.ts';
import { uptimeMs } from '../../lib/linux/system/host.ts';
import { isHostAddress } from '../../lib/net/ipv4.ts';
import { isLinkLocal } from './protocol/judge.ts';
import type { Lease } from './protocol/lease.ts';

/** What is kept of a lease, over restarts and, where the folder is on a disk, over boots. */
export interface RememberedLease {
  /** The card of the interface: another one is another client to servers. */
  readonly mac: string;
  readonly address: string;
  /** Milliseconds since the epoch; null for never. */
  readonly expiresAt: number | null;
}

const mostBytes = 4096;

/** The file of an interface in the state folder. */
const rememberedFile = (folder: string, interfaceName: string): string =>
  join(folder, `${interfaceName}.lease`);

/** @param wallClock milliseconds since the epoch @param uptime milliseconds since boot */
export function rememberedLease(
  mac: string,
  lease: Lease,
  wallClock: number,
  uptime: number,
): RememberedLease {
  const { address, expiresAt } = lease;
  const ends = Number.isFinite(expiresAt) ? Math.round(wallClock + expiresAt - uptime) : null;
  return { mac, address, expiresAt: ends };
}

/** Writes it; a folder that cannot be written keeps nothing. */
export function keepLease(folder: string, interfaceName: string, mac: string, lease: Lease): void {
  const path = rememberedFile(folder, interfaceName);
  try {
    const text = JSON.stringify(rememberedLease(mac, lease, Date.now(), uptimeMs()));
    replaceFile(path, `${text}\n`);
  } catch {
    // The next boot asks for any address.
  }
}

/** The address to ask for again; undefined without one of this card that has not expired. */
export function rememberedAddress(
  folder: string,
  interfaceName: string,
  mac: string,
  wallClock: number,
): string | undefined {
  const text = readServiceFile(rememberedFile(folder, interfaceName), mostBytes);
  const lease = text === undefined ? undefined : parseRememberedLease(text);
  if (lease?.mac !== mac || (lease.expiresAt !== null && lease.expiresAt < wallClock)) return undefined;
  return lease.address;
}

/** Undefined for anything else: the file may be of another program, or cut short. */
export function parseRememberedLease(text: string): RememberedLease | undefined {
  try {
    const { mac, address, expiresAt } = JSON.parse(text);
    if (typeof mac !== 'string' || typeof address !== 'string') return undefined;
    if (expiresAt !== null && !Number.isFinite(expiresAt)) return undefined;
    if (!isHostAddress(address) || isLinkLocal(address)) return undefined;
    return { mac, address, expiresAt };
  } catch {
    return undefined;
  }
}
