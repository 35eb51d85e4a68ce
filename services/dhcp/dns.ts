import { isIP } from 'node:net';
import { join } from 'node:path';
import {
  type DhcpConfig,
  type DnsConfig,
  dhcpSettingsFile,
  metadataDnsFile,
  staticDnsFile,
} from '../../lib/bundle/network.ts';
import { readServiceFile } from '../../lib/files/service-file.ts';
import { cleanHostname } from '../../lib/net/hostname.ts';
import type { Lease } from './protocol/lease.ts';

/**
 * In the order in which they count: DNS settings of the manifest, of leases and routers, of the machine's
 * metadata.
 */
export function dnsSources(folder: string, learned: readonly DnsConfig[]): DnsConfig[] {
  return [...fixedDns(folder), ...learned, ...fixedDns(folder, metadataDnsFile)];
}

const mostBytes = 64 * 1024;

/** Name servers and search domains of a lease. */
export function leasedDns({ dns, domains, search }: Lease): DnsConfig {
  return { servers: dns, search: [...search, ...domains] };
}

/**
 * DNS settings of the manifest's `network:`, which init writes beside resolv.conf, or of the metadata; empty
 * if there are none.
 */
export function fixedDns(folder: string, file = staticDnsFile): DnsConfig[] {
  const text = readServiceFile(join(folder, file), mostBytes);
  try {
    const { servers, search } = JSON.parse(text ?? '');
    if (![servers, search].every((list) => Array.isArray(list))) return [];
    return [
      {
        servers: servers.filter(isIP),
        search: search.filter((name: string) => cleanHostname(name) === name),
      },
    ];
  } catch {
    return [];
  }
}

/**
 * What the manifest says of the IPv6 of interfaces, which init writes beside resolv.conf; empty if there is
 * nothing.
 */
export function dhcpSettings(folder: string): DhcpConfig {
  try {
    return JSON.parse(readServiceFile(join(folder, dhcpSettingsFile), mostBytes) ?? '{}');
  } catch {
    return {};
  }
}
