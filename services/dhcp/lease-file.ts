import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { replaceFile } from '../../lib/files/replace-file.ts';
import { leasedHostname } from '../../lib/net/hostname.ts';
import type { Lease } from './protocol/lease.ts';

/**
 * Writes the lease for other programs to `<folder>/<interface>.json`, atomically. Times are milliseconds
 * since boot, null for never.
 */
export function writeLeaseFile(folder: string, interfaceName: string, lease: Lease): void {
  const { address, prefix, server, routes, dns, ntp, domains, search, hostname, mtu } = lease;
  const routers = routes.filter((route) => route.prefix === 0).map(({ gateway }) => gateway);
  const [leaseSeconds, renewAtMs, expiresAtMs] = [lease.seconds, lease.renewAt, lease.expiresAt].map(finite);
  const content = {
    interface: interfaceName,
    address,
    prefix,
    server,
    routers,
    routes,
    dns,
    ntp,
    domain: domains[0],
    domains,
    search,
    hostname,
    mtu,
  };
  const json = JSON.stringify({ ...content, leaseSeconds, renewAtMs, expiresAtMs }, null, 2);
  replaceFile(join(folder, `${interfaceName}.json`), `${json}\n`);
}

/** Removes an interface's lease file, if there is one. */
export function removeLeaseFile(folder: string, interfaceName: string): void {
  rmSync(join(folder, `${interfaceName}.json`), { force: true });
}

/**
 * Writes `<folder>/ntp/<interface>`, the addresses of NTP servers one a line, which pkg/ntp reads; without
 * any the file is removed. Of both address families together.
 */
export function writeNtpFile(folder: string, interfaceName: string, servers: readonly string[]): void {
  const path = join(folder, 'ntp', interfaceName);
  if (servers.length === 0) rmSync(path, { force: true });
  else replaceFile(path, servers.map((server) => `${server}\n`).join(''));
}

/** Writes `<folder>/hostname`: init names the machine so if it has no name yet (init/host/hostname.ts). */
export function askForHostname(folder: string, hostname: string): void {
  replaceFile(join(folder, basename(leasedHostname.path)), `${hostname}\n`);
}

/** Keeps `<folder>/ready` while at least one interface has a lease: `ready: {file: …}` probes wait for it. */
export function markReady(folder: string, ready: boolean): void {
  if (ready) replaceFile(join(folder, 'ready'), '');
  else rmSync(join(folder, 'ready'), { force: true });
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? Math.round(value) : null;
}
