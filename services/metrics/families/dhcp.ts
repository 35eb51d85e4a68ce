import { each, type Family } from '../family.ts';
import { finite, parseObject } from './state-text.ts';

/** The lease of an interface, as pkg/dhcp writes it. */
export interface DhcpLease {
  readonly interface: string;
  /** Milliseconds since the boot; undefined: it does not expire. */
  readonly expiresAtMs?: number | undefined;
  readonly leaseSeconds?: number | undefined;
}

/** Undefined if the text is no lease. @param text at most `maxStateBytes` of a file in /run/dhcp */
export function parseDhcpLease(text: string): DhcpLease | undefined {
  const value = parseObject(text);
  const name = value?.interface;
  if (typeof name !== 'string' || !/^[^\s/:"\\]{1,15}$/.test(name) || typeof value?.address !== 'string')
    return undefined;
  return {
    interface: name,
    expiresAtMs: finite(value.expiresAtMs),
    leaseSeconds: finite(value.leaseSeconds),
  };
}

/** @param bootMs when the machine booted, in milliseconds since the epoch by its present clock */
export function dhcpFamilies(leases: readonly DhcpLease[], bootMs: number): readonly Family[] {
  const labels = (lease: DhcpLease) => ({ device: lease.interface });
  return [
    ...each('kit_dhcp_lease', 'gauge', '1: the interface has a leased address', leases, labels, () => 1),
    ...each(
      'kit_dhcp_lease_expiry_time_seconds',
      'gauge',
      'When the lease ends, in seconds since the epoch',
      leases,
      labels,
      ({ expiresAtMs }) =>
        expiresAtMs === undefined ? undefined : Math.round((bootMs + expiresAtMs) / 1000),
    ),
    ...each(
      'kit_dhcp_lease_seconds',
      'gauge',
      'How long the server has given the lease for',
      leases,
      labels,
      ({ leaseSeconds }) => leaseSeconds,
    ),
  ];
}
