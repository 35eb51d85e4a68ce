import { writeFileSync } from 'node:fs';
import { listLinks } from '../../../lib/linux/netlink/rtnetlink.ts';

/** The index of an interface of this network namespace. */
export function indexOf(name: string): number {
  const link = listLinks().find((one) => one.name === name);
  if (!link) throw new Error(`Cannot find the interface ${name}, which was made`);
  return link.index;
}

/**
 * Interfaces made from now on have no addresses: they would only send the container solicitations for some.
 */
export function silenceIpv6(): void {
  try {
    writeFileSync('/proc/sys/net/ipv6/conf/default/disable_ipv6', '1');
  } catch {
    // A kernel without IPv6.
  }
}
