import { closeSync, constants, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DnsConfig } from '../bundle/network.ts';

/** What resolvers read of resolv.conf(5): MAXNS and MAXDNSRCH. */
const maximalServers = 3;
const maximalDomains = 6;

/** resolv.conf for servers and domains from several places, the first one's first. */
export function formatResolvConf(sources: readonly DnsConfig[]): string {
  const servers = distinct(sources.flatMap((source) => source.servers)).slice(0, maximalServers);
  const domains = distinct(sources.flatMap(({ search }) => search)).slice(0, maximalDomains);
  const lines = servers.map((server) => `nameserver ${server}\n`);
  if (domains.length > 0) lines.unshift(`search ${domains.join(' ')}\n`);
  return lines.join('');
}

/**
 * Writes the file without replacing it: containers have this very file bind-mounted, and a renamed one would leave them with the old.
 * One write over the whole old length, then the cut: a reader sees the old text or the new, at worst with empty lines after it.
 */
export function writeInPlace(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const fd = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o644);
  try {
    const old = readFileSync(fd);
    const bytes = Buffer.from(content);
    if (bytes.equals(old)) return;
    writeSync(
      fd,
      Buffer.concat([bytes, Buffer.alloc(Math.max(0, old.length - bytes.length), '\n')]),
      0,
      undefined,
      0,
    );
    ftruncateSync(fd, bytes.length);
  } finally {
    closeSync(fd);
  }
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}
