/** The kernel's network configuration: interfaces, IPv4 and IPv6 addresses, routes (rtnetlink(7)). */

import type { IpFamily } from '../../net/ip.ts';
import { SyscallError } from '../ffi.ts';
import { NLM, RTM, requestRoute } from './netlink.ts';
import {
  type Address,
  decodeAddress,
  encodeAddress,
  encodeAddressQuery,
  type NewAddress,
} from './rtnetlink-address.ts';
import {
  decodeLink,
  encodeLinkChange,
  encodeLinkQuery,
  type Link,
  type LinkChange,
} from './rtnetlink-link.ts';
import { decodeRoute, encodeRoute, encodeRouteQuery, type NewRoute, type Route } from './rtnetlink-route.ts';
import { encodeRule, type Rule } from './rtnetlink-rule.ts';

/** All interfaces of this network namespace. */
export function listLinks(): Link[] {
  return requestRoute({ type: RTM.getLink, body: encodeLinkQuery() }, 'list interfaces').map(({ body }) =>
    decodeLink(body),
  );
}

/** Brings an interface up or down, changes other things of it. `lo` gets its addresses when it comes up. */
export function changeLink(index: number, change: LinkChange): void {
  const body = encodeLinkChange({ index, ...change });
  requestRoute({ type: RTM.newLink, body }, `change interface ${index}`);
}

/** All addresses of a family in this network namespace. */
export function listAddresses(family: IpFamily): Address[] {
  const answers = requestRoute({ type: RTM.getAddress, body: encodeAddressQuery(family) }, 'list addresses');
  return answers.flatMap(({ body }) => decodeAddress(body) ?? []);
}

/** Adds an address, or gives an existing one its new lifetime. */
export function setAddress(address: NewAddress): void {
  const body = encodeAddress(address);
  const flags = NLM.create | NLM.replace;
  requestRoute({ type: RTM.newAddress, flags, body }, `set address ${address.address}/${address.prefix}`);
}

/** Removes an address; a missing one is no error. */
export function removeAddress(address: NewAddress): void {
  const doing = `remove address ${address.address}/${address.prefix}`;
  ignoreMissing(() => requestRoute({ type: RTM.delAddress, body: encodeAddress(address) }, doing));
}

/** All unicast routes of a family in the main table. */
export function listRoutes(family: IpFamily): Route[] {
  const answers = requestRoute({ type: RTM.getRoute, body: encodeRouteQuery(family) }, 'list routes');
  return answers.flatMap(({ body }) => decodeRoute(body) ?? []);
}

/** Adds a route, or replaces the one with the same destination and metric. */
export function setRoute(route: NewRoute): void {
  const flags = NLM.create | NLM.replace;
  requestRoute({ type: RTM.newRoute, flags, body: encodeRoute(route) }, `set route ${routeText(route)}`);
}

/** Removes a route; a missing one is no error. */
export function removeRoute(route: Route): void {
  const doing = `remove route ${routeText(route)}`;
  ignoreMissing(() => requestRoute({ type: RTM.delRoute, body: encodeRoute(route) }, doing));
}

/** Adds a policy rule. One that is there already is no error. */
export function setRule(rule: Rule): void {
  const flags = NLM.create | NLM.exclusive;
  try {
    requestRoute({ type: RTM.newRule, flags, body: encodeRule(rule) }, `set rule ${rule.priority}`);
  } catch (error) {
    if (!(error instanceof SyscallError && error.code === 'EEXIST')) throw error;
  }
}

function routeText({ destination, prefix }: Route): string {
  return prefix === 0 ? 'default' : `${destination}/${prefix}`;
}

/** No such address, no such route, no such interface. */
const missingCodes = ['EADDRNOTAVAIL', 'ESRCH', 'ENODEV'];

function ignoreMissing(remove: () => void): void {
  try {
    remove();
  } catch (error) {
    if (!(error instanceof SyscallError && missingCodes.includes(error.code))) throw error;
  }
}
