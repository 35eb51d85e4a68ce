/** The network configuration of the kernel: interfaces, IPv4 addresses, routes (rtnetlink(7)). */

import { broadcastOf } from '../../net/ipv4.ts';
import { SyscallError } from '../ffi.ts';
import { NLM, RTM, requestRoute } from './netlink.ts';
import { type Address, decodeAddress, encodeAddress, encodeAddressQuery } from './rtnetlink-address.ts';
import {
  decodeLink,
  encodeLinkChange,
  encodeLinkQuery,
  type Link,
  type LinkChange,
} from './rtnetlink-link.ts';
import { decodeRoute, encodeRoute, encodeRouteQuery, type Route } from './rtnetlink-route.ts';

/** All interfaces of this network namespace. */
export function listLinks(): Link[] {
  return requestRoute({ type: RTM.getLink, body: encodeLinkQuery() }, 'list interfaces').map(({ body }) =>
    decodeLink(body),
  );
}

/** Brings an interface up or down, or changes its MTU or alias. */
export function changeLink(index: number, change: LinkChange): void {
  const body = encodeLinkChange({ index, ...change });
  requestRoute({ type: RTM.newLink, body }, `change interface ${index}`);
}

/** All IPv4 addresses of this network namespace. */
export function listAddresses(): Address[] {
  const answers = requestRoute({ type: RTM.getAddress, body: encodeAddressQuery() }, 'list addresses');
  return answers.flatMap(({ body }) => decodeAddress(body) ?? []);
}

/** Adds an address, or gives an existing one its new lifetime. */
export function replaceAddress(address: Address): void {
  const broadcast = address.prefix < 31 ? broadcastOf(address.address, address.prefix) : undefined;
  requestRoute(
    { type: RTM.newAddress, flags: NLM.create | NLM.replace, body: encodeAddress(address, broadcast) },
    `set address ${address.address}/${address.prefix}`,
  );
}

/** Removes an address; one that is gone already is no error. */
export function removeAddress(address: Address): void {
  const doing = `remove address ${address.address}/${address.prefix}`;
  unlessGone(() => requestRoute({ type: RTM.delAddress, body: encodeAddress(address) }, doing));
}

/** All unicast IPv4 routes of the main table. */
export function listRoutes(): Route[] {
  const answers = requestRoute({ type: RTM.getRoute, body: encodeRouteQuery() }, 'list routes');
  return answers.flatMap(({ body }) => decodeRoute(body) ?? []);
}

/** Adds a route, or changes the one with the same destination and metric. */
export function replaceRoute(route: Route): void {
  const doing = `set route ${route.destination}/${route.prefix}`;
  requestRoute({ type: RTM.newRoute, flags: NLM.create | NLM.replace, body: encodeRoute(route) }, doing);
}

/** Removes a route; one that is gone already is no error. */
export function removeRoute(route: Route): void {
  const doing = `remove route ${route.destination}/${route.prefix}`;
  unlessGone(() => requestRoute({ type: RTM.delRoute, body: encodeRoute(route) }, doing));
}

/** The kernel says it in three ways: no such address, no such route, no such interface. */
const goneCodes = ['EADDRNOTAVAIL', 'ESRCH', 'ENODEV'];

function unlessGone(remove: () => void): void {
  try {
    remove();
  } catch (error) {
    if (!(error instanceof SyscallError && goneCodes.includes(error.code))) throw error;
  }
}
