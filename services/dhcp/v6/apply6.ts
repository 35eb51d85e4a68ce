import { reasonOf } from '../../../lib/errors/errors.ts';
import * as network from '../../../lib/linux/netlink/rtnetlink.ts';
import type { Link } from '../../../lib/linux/netlink/rtnetlink-link.ts';
import { RTPROT_DHCP } from '../../../lib/linux/netlink/rtnetlink-route.ts';
import { AF_INET6 } from '../../../lib/net/ip.ts';
import type { Lease6 } from './lease6.ts';
import { addressIn, subnetOf } from './prefix.ts';

interface Placed {
  readonly index: number;
  readonly address: string;
  readonly prefix: number;
  readonly validSeconds: number;
  readonly preferredSeconds: number;
}

/**
 * Sets the addresses of a lease, and those of its prefix on the interfaces `to`, and removes those of the
 * lease before that it has no more. The kernel removes them when they expire. Returns what went wrong.
 */
export function applyLease6(
  link: Link,
  lease: Lease6,
  before: Lease6 | undefined,
  to: readonly string[],
  now: number,
): string[] {
  const { placed, problems } = placesOf(link, lease, to, now);
  if (before) {
    const kept = new Set(placed.map(keyOf));
    for (const old of placesOf(link, before, to, now).placed)
      if (!kept.has(keyOf(old))) network.removeAddress(old);
  }
  for (const one of placed) {
    try {
      network.setAddress({ ...one, protocol: RTPROT_DHCP, detectDuplicates: one.index === link.index });
    } catch (error) {
      problems.push(`Cannot set ${one.address}/${one.prefix}: ${reasonOf(error)}`);
    }
  }
  return problems;
}

/** Removes the addresses of a lease from all interfaces. */
export function clearLease6(link: Link, lease: Lease6, to: readonly string[]): void {
  for (const one of placesOf(link, lease, to, 0).placed) network.removeAddress(one);
}

/** The addresses of the lease that the interface does not have, or that another host has as well. */
export function missingAddresses({ index }: Link, { addresses }: Lease6): string[] {
  const own = network.listAddresses(AF_INET6).filter((one) => one.index === index && !one.duplicate);
  return addresses.map(({ address }) => address).filter((one) => !own.some(({ address }) => address === one));
}

function placesOf(
  { index }: Link,
  { addresses, prefixes, receivedAt }: Lease6,
  to: readonly string[],
  now: number,
): { placed: Placed[]; problems: string[] } {
  const passed = Math.max(0, now - receivedAt) / 1000;
  const lifetimes = ({ valid, preferred }: { valid: number; preferred: number }) => ({
    validSeconds: valid - passed,
    preferredSeconds: Math.max(0, preferred - passed),
  });
  const own = addresses.map(
    (one): Placed => ({ index, address: one.address, prefix: 128, ...lifetimes(one) }),
  );
  const problems: string[] = [];
  const [prefix] = prefixes;
  if (!prefix) return { placed: own, problems };
  const links = network.listLinks();
  const below = to.flatMap((name, at): Placed[] => {
    const found = links.find((link) => link.name === name);
    const subnet = subnetOf(prefix, at);
    if (found && subnet)
      return [{ index: found.index, address: addressIn(subnet), prefix: 64, ...lifetimes(prefix) }];
    problems.push(
      found
        ? `${name} gets no prefix: ${prefix.prefix}/${prefix.length} has too few of /64`
        : `${name} gets no prefix: no such interface`,
    );
    return [];
  });
  return { placed: [...own, ...below], problems };
}

const keyOf = ({ index, address }: Placed): string => `${index} ${address}`;
