import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readServiceFile } from '../../../lib/files/service-file.ts';
import { isHost, mostServers, type ServerName } from './names.ts';

/** Of a file of a lease; ours have a line or two. */
const mostBytes = 4096;

/**
 * The NTP servers of all leases: the files that pkg/dhcp writes, one for each interface. None while no lease
 * names any.
 */
export function leasedServers(folder: string): ServerName[] {
  const addresses = filesIn(join(folder, 'ntp')).flatMap((path) => {
    const text = readServiceFile(path, mostBytes);
    return text === undefined ? [] : readLease(text);
  });
  const hosts = [...new Set(addresses)].slice(0, mostServers);
  return hosts.map((host) => ({ protocol: 'ntp', host, addresses: 1 }));
}

function filesIn(folder: string): string[] {
  try {
    // Such a file is still being written.
    return readdirSync(folder)
      .filter((name) => !name.includes('.new'))
      .sort()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** The addresses and names of such a file, one a line; nothing else that stands there. */
export const readLease = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(isHost);
