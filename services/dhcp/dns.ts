import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DnsConfig, staticDnsFile } from '../../lib/bundle/network.ts';
import type { Lease } from './protocol/lease.ts';

/** Name servers and search domains of a lease. */
export function leasedDns({ dns, domains, search }: Lease): DnsConfig {
  return { servers: dns, search: [...search, ...domains] };
}

/**
 * DNS settings of the manifest's `network:`, which init writes beside resolv.conf; empty if there are none.
 */
export function fixedDns(folder: string): DnsConfig[] {
  try {
    return [JSON.parse(readFileSync(join(folder, staticDnsFile), 'utf8'))];
  } catch {
    return [];
  }
}
