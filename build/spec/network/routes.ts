import type { RouteConfig } from '../../../lib/bundle/network.ts';
import type { KeyPath } from '../../manifest/check.ts';
import type { Network } from '../../manifest/types.ts';
import { everyItem, everyPart, FieldError } from '../field-error.ts';
import { address, networkOf } from './addresses.ts';

export type GivenInterface = NonNullable<Network['interfaces']>[number];
type GivenRoute = NonNullable<GivenInterface['routes']>[number];

/** The routes of an interface, that of `gateway` first. @throws FieldErrors */
export function routeConfigs(given: GivenInterface, path: KeyPath): RouteConfig[] {
  const { gateway, routes = [], addresses = [], dhcp, wireguard, ipv6 } = given;
  const parts = everyPart({
    gateway: () => (gateway === undefined ? [] : [defaultRoute(gateway, 0, [...path, 'gateway'])]),
    routes: () => everyItem(routes, (one, at) => routeConfig(one, [...path, 'routes', at])),
  });
  const all = [...parts.gateway, ...parts.routes];
  if (all.length > 0 && addresses.length === 0 && !dhcp && !wireguard && !ipv6) {
    throw new FieldError(
      path,
      'the interface has routes but no address',
      'add `addresses:`, or `dhcp: true`',
    );
  }
  return all;
}

function defaultRoute(gateway: string, metric: number, path: KeyPath): RouteConfig {
  const { text, ip } = address(gateway, path);
  return { destination: ip.family === 2 ? '0.0.0.0' : '::', prefix: 0, gateway: text, metric };
}

function routeConfig(given: GivenRoute, path: KeyPath): RouteConfig {
  const { table, src, onlink } = given;
  const route = destinationOf(given, path);
  const source = src === undefined ? undefined : address(src, [...path, 'src']);
  if (source && route.destination.includes(':') !== source.text.includes(':')) {
    throw new FieldError([...path, 'src'], `"${src}" is not of the address family of "${given.to}"`);
  }
  if (onlink !== undefined && given.via === undefined) {
    throw new FieldError([...path, 'onlink'], '"onlink" says something of a gateway, and there is no "via"');
  }
  return {
    ...route,
    ...(table !== undefined && { table: tableNumber(table) }),
    ...(source && { source: source.text }),
    ...(onlink !== undefined && { onlink }),
  };
}

function destinationOf({ to, via, metric = 0 }: GivenRoute, path: KeyPath): RouteConfig {
  if (to === 'default') {
    if (via === undefined) throw new FieldError(path, 'the default route needs "via"');
    return defaultRoute(via, metric, [...path, 'via']);
  }
  const { address: destination, prefix, ip } = networkOf(to, [...path, 'to']);
  if (via === undefined) return { destination, prefix, metric };
  const gateway = address(via, [...path, 'via']);
  if (gateway.ip.family !== ip.family) {
    throw new FieldError(
      [...path, 'via'],
      `"${via}" cannot be the gateway to "${to}": one is IPv4, the other IPv6`,
    );
  }
  return { destination, prefix, gateway: gateway.text, metric };
}

/** include/uapi/linux/rtnetlink.h, enum rt_class_t */
const named = { default: 253, main: 254, local: 255 } as const;

export const tableNumber = (table: number | keyof typeof named): number =>
  typeof table === 'number' ? table : named[table];
