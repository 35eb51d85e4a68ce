import { closeSync, constants, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DnsConfig } from '../bundle/network.ts';
import { makeFolder } from '../files/make-folder.ts';

/** Limits of resolvers, resolv.conf(5): MAXNS and MAXDNSRCH. */
const maxServers = 3;
const maxDomains = 6;

/** The text of resolv.conf, for servers and search domains of several sources in order. */
export function formatResolvConf(sources: readonly DnsConfig[]): string {
  const servers = distinct(sources.flatMap((source) => source.servers)).slice(0, maxServers);
  const domains = distinct(sources.flatMap(({ search }) => search)).slice(0, maxDomains);
  const lines = servers.map((server) => `nameserver ${server}\n`);
  if (domains.length > 0) lines.unshift(`search ${domains.join(' ')}\n`);
  return lines.join('');
}

/**
 * Writes a file without replacing it: containers bind-mount it, and would keep the old one after a rename.
 * One write covers the old length, then the file is truncated: a reader sees the old or the new text, at
 * worst with empty lines after it.
 */
export function writeInPlace(path: string, content: string): void {
  makeFolder(dirname(path));
  // Both init and a service write there: a link could lead to a file of the machine, a fifo would block.
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const fd = openSync(path, flags, 0o644);
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
