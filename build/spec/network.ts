import type {
  AddressConfig,
  DnsConfig,
  InterfaceConfig,
  NetworkConfig,
  RouteConfig,
} from '../../lib/bundle/network.ts';
import { KitError, KitErrors } from '../../lib/errors/errors.ts';
import { type IpAddress, ipAddress, isNetwork } from '../../lib/net/ip.ts';
import { isHostAddress } from '../../lib/net/ipv4.ts';
import type { Path } from '../manifest/check.ts';
import type { Located, Network } from '../manifest/types.ts';
import { everyItem, everyPart, FieldError, fieldErrors } from './field-error.ts';

/**
 * What init sets, out of the `network:` of all documents; undefined when there is none. Pure.
 * @throws KitErrors with everything that is wrong, and where
 */
export function networkConfig(documents: readonly Located<Network>[]): NetworkConfig | undefined {
  if (documents.length === 0) return undefined;
  const errors: KitError[] = [];
  const parts = documents.flatMap(({ value, origin }) => {
    try {
      return [documentConfig(value)];
    } catch (thrown) {
      errors.push(...fieldErrors(thrown).map((error) => placed(error, origin)));
      return [];
    }
  });
  const interfaces = parts.flatMap((part) => part.interfaces);
  if (errors.length === 0) errors.push(...clashes(documents));
  if (errors.length > 0) throw new KitErrors(errors);
  const dns: DnsConfig = {
    servers: parts.flatMap((part) => part.dns.servers),
    search: parts.flatMap((part) => part.dns.search),
  };
  return { interfaces: inOrder(interfaces), dns };
}

function placed({ message, path, hint }: FieldError, { place }: Located<Network>['origin']): KitError {
  return new KitError(message, { place: place(path), hint });
}

function documentConfig({ interfaces = [], dns = {} }: Network): NetworkConfig {
  return everyPart({
    interfaces: () => everyItem(interfaces, (one, at) => interfaceConfig(one, ['interfaces', at])),
    dns: () => ({
      servers: everyItem(dns.servers ?? [], (server, at) => address(server, ['dns', 'servers', at]).text),
      search: dns.search ?? [],
    }),
  });
}

type GivenInterface = NonNullable<Network['interfaces']>[number];

function interfaceConfig(given: GivenInterface, path: Path): InterfaceConfig {
  const { name, mac, mtu, vlan, dhcp = false } = given;
  const { addresses, routes } = everyPart({
    addresses: () =>
      everyItem(given.addresses ?? [], (text, at) => addressConfig(text, [...path, 'addresses', at])),
    routes: () => routeConfigs(given, path),
    vlan: () => checkVlan(given, path),
  });
  return {
    ...(name && { name }),
    ...(mac && { mac: mac.toLowerCase() }),
    addresses,
    routes,
    dhcp,
    ...(mtu !== undefined && { mtu }),
    ...(vlan && { vlan }),
  };
}

function addressConfig(text: string, path: Path): AddressConfig {
  const [host = '', length = ''] = text.split('/');
  const { text: shown, ip } = address(host, path);
  const prefix = prefixOf(length, ip, path);
  const unusable = ip.family === 2 ? !isHostAddress(host) : ip.bytes[0] === 0xff || isNetwork(ip, 0);
  if (unusable) throw new FieldError(path, `no interface can have the address "${shown}"`);
  return { address: shown, prefix };
}

function routeConfigs(
  { gateway, routes = [], addresses = [], dhcp }: GivenInterface,
  path: Path,
): RouteConfig[] {
  const parts = everyPart({
    gateway: () => (gateway === undefined ? [] : [defaultRoute(gateway, 0, [...path, 'gateway'])]),
    routes: () => everyItem(routes, (one, at) => routeConfig(one, [...path, 'routes', at])),
  });
  const all = [...parts.gateway, ...parts.routes];
  if (all.length > 0 && addresses.length === 0 && !dhcp) {
    throw new FieldError(
      path,
      'an interface without an address has routes',
      'add `addresses:`, or `dhcp: true`',
    );
  }
  return all;
}

function defaultRoute(gateway: string, metric: number, path: Path): RouteConfig {
  const { text, ip } = address(gateway, path);
  return { destination: ip.family === 2 ? '0.0.0.0' : '::', prefix: 0, gateway: text, metric };
}

type GivenRoute = NonNullable<GivenInterface['routes']>[number];

function routeConfig({ to, via, metric = 0 }: GivenRoute, path: Path): RouteConfig {
  if (to === 'default') {
    if (via === undefined) throw new FieldError(path, 'the default route needs "via"');
    return defaultRoute(via, metric, [...path, 'via']);
  }
  const [host = '', length = ''] = to.split('/');
  const { text, ip } = address(host, [...path, 'to']);
  const prefix = prefixOf(length, ip, [...path, 'to']);
  if (!isNetwork(ip, prefix)) {
    throw new FieldError(
      [...path, 'to'],
      `"${to}" is an address in a network: the bits behind the prefix must be 0`,
    );
  }
  if (via === undefined) return { destination: text, prefix, metric };
  const gateway = address(via, [...path, 'via']);
  if (gateway.ip.family !== ip.family) {
    throw new FieldError([...path, 'via'], `"${via}" cannot lead to "${to}": one is IPv4, the other IPv6`);
  }
  return { destination: text, prefix, gateway: gateway.text, metric };
}

function checkVlan({ name, vlan }: GivenInterface, path: Path): void {
  if (!vlan) return;
  if (name === undefined) throw new FieldError([...path, 'vlan'], 'a VLAN needs a "name"');
  if (name === vlan.link) throw new FieldError([...path, 'vlan', 'link'], `VLAN "${name}" stands on itself`);
}

/** In lower case, as the kernel shows it. */
function address(text: string, path: Path): { readonly text: string; readonly ip: IpAddress } {
  try {
    return { text: text.toLowerCase(), ip: ipAddress(text) };
  } catch {
    throw new FieldError(path, `"${text}" is no IPv4 or IPv6 address`);
  }
}

function prefixOf(text: string, { bytes }: IpAddress, path: Path): number {
  const most = bytes.length * 8;
  if (Number(text) <= most) return Number(text);
  throw new FieldError(path, `a prefix length is at most ${most} here, not ${text}`);
}

/** Interfaces and addresses that are there twice, over all documents. */
function clashes(documents: readonly Located<Network>[]): KitError[] {
  const seen = new Map<string, string>();
  const errors: KitError[] = [];
  const claim = (what: string, who: string, { place }: Located<Network>['origin'], path: Path): void => {
    const before = seen.get(what);
    if (before !== undefined)
      errors.push(new KitError(`${what} is taken by ${before}`, { place: place(path) }));
    else seen.set(what, who);
  };
  for (const { value, origin } of documents) {
    for (const [at, { name, mac, addresses = [] }] of (value.interfaces ?? []).entries()) {
      const who = `interface "${name ?? mac}"`;
      claim(`interface "${(name ?? mac ?? '').toLowerCase()}"`, 'another item', origin, ['interfaces', at]);
      for (const [index, text] of addresses.entries()) {
        const host = text.toLowerCase().split('/')[0];
        claim(`address "${host}"`, who, origin, ['interfaces', at, 'addresses', index]);
      }
    }
  }
  return errors;
}

/** What a VLAN stands on before it. One that stands on what is not here stays where it is: init waits for that. */
function inOrder(interfaces: readonly InterfaceConfig[]): InterfaceConfig[] {
  const done = new Set<InterfaceConfig>();
  const add = (one: InterfaceConfig, open: readonly InterfaceConfig[]): void => {
    if (done.has(one) || open.includes(one)) return;
    const below = interfaces.find(({ name }) => name !== undefined && name === one.vlan?.link);
    if (below) add(below, [...open, one]);
    done.add(one);
  };
  for (const one of interfaces) add(one, []);
  return [...done];
}
