import { reasonOf } from '../../lib/errors/errors.ts';
import * as network from '../../lib/linux/netlink/rtnetlink.ts';
import type { Address, NewAddress } from '../../lib/linux/netlink/rtnetlink-address.ts';
import type { Link } from '../../lib/linux/netlink/rtnetlink-link.ts';
import { type Route, RTPROT_DHCP } from '../../lib/linux/netlink/rtnetlink-route.ts';
import { AF_INET } from '../../lib/net/ip.ts';
import type { Lease } from './protocol/lease.ts';

/**
 * Added to the interface index to give the metric of its routes: the interface that the kernel found first
 * provides the default route. Static routes (metric 0) take precedence.
 */
const metricBase = 100;

/**
 * Sets the lease's address, MTU and routes on the interface and removes those of earlier leases, including
 * those of an earlier run of this program. The kernel removes the address when the lease expires. Returns the
 * errors of MTU and routes.
 * @throws if the address cannot be set
 */
export function applyLease(link: Link, lease: Lease, now: number): string[] {
  const { address, prefix } = lease;
  const wanted: NewAddress = {
    index: link.index,
    address,
    prefix,
    protocol: RTPROT_DHCP,
    validSeconds: (lease.expiresAt - now) / 1000,
  };
  network.setAddress(wanted);
  removeAddresses(link, (other) => other.address !== address || other.prefix !== prefix);
  return [...applyMtu(link, lease.mtu), ...applyRoutes(link, lease)];
}

/** Removes every address and route of a lease from the interface. */
export function clearLease(link: Link): void {
  removeRoutes(link, () => true);
  removeAddresses(link, () => true);
}

/** Removes the routes of the interface's lease: the carrier is lost. */
export function clearRoutes(link: Link): void {
  removeRoutes(link, () => true);
}

/** Whether any interface has an address that this program set, in this or in an earlier run. */
export function hasAddress(): boolean {
  return network.listAddresses(AF_INET).some(({ protocol }) => protocol === RTPROT_DHCP);
}

function removeAddresses(link: Link, isStale: (address: Address) => boolean): void {
  network
    .listAddresses(AF_INET)
    .filter((address) => address.index === link.index && address.protocol === RTPROT_DHCP && isStale(address))
    .forEach(network.removeAddress);
}

function removeRoutes(link: Link, isStale: (route: Route) => boolean): void {
  network
    .listRoutes(AF_INET)
    .filter((route) => route.index === link.index && route.protocol === RTPROT_DHCP && isStale(route))
    .forEach(network.removeRoute);
}

function applyMtu(link: Link, mtu: number | undefined): string[] {
  if (mtu === undefined || mtu === link.mtu) return [];
  return attempt(`set MTU ${mtu}`, () => network.changeLink(link.index, { mtu }));
}

function applyRoutes(link: Link, lease: Lease): string[] {
  const routes = lease.routes.map(({ destination, prefix, gateway }): Route => {
    const via = gateway === '0.0.0.0' ? {} : { gateway };
    return {
      index: link.index,
      destination,
      prefix,
      ...via,
      metric: metricBase + link.index,
      protocol: RTPROT_DHCP,
    };
  });
  const wanted = new Set(routes.map(keyOf));
  removeRoutes(link, (route) => !wanted.has(keyOf(route)));
  return routes.flatMap((route) =>
    attempt(`set route ${route.destination}/${route.prefix}`, () => network.setRoute(route)),
  );
}

function keyOf({ destination, prefix, gateway, metric }: Route): string {
  return `${destination}/${prefix} ${gateway ?? ''} ${metric}`;
}

function attempt(action: string, work: () => void): string[] {
  try {
    work();
    return [];
  } catch (error) {
    return [`Cannot ${action}: ${reasonOf(error)}`];
  }
}
