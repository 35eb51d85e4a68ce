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
import type { KeyPath } from '../manifest/check.ts';
import type { Located, Network } from '../manifest/types.ts';
import { everyItem, everyPart, FieldError, fieldErrors, fieldKitError } from './field-error.ts';

/**
 * Init's network configuration from the `network:` of all manifests; undefined if none has the key. Pure.
 * @throws KitErrors with all errors and their positions
 */
export function networkConfig(documents: readonly Located<Network>[]): NetworkConfig | undefined {
  if (documents.length === 0) return undefined;
  const errors: KitError[] = [];
  const parts = documents.flatMap(({ value, origin }) => {
    try {
      return [documentConfig(value)];
    } catch (thrown) {
      errors.push(...fieldErrors(thrown).map((error) => fieldKitError(error, origin)));
      return [];
    }
  });
  const interfaces = parts.flatMap((part) => part.interfaces);
  if (errors.length === 0) errors.push(...duplicates(documents));
  if (errors.length > 0) throw new KitErrors(errors);
  const dns: DnsConfig = {
    servers: parts.flatMap((part) => part.dns.servers),
    search: parts.flatMap((part) => part.dns.search),
  };
  return { interfaces: inOrder(interfaces), dns };
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

function interfaceConfig(given: GivenInterface, path: KeyPath): InterfaceConfig {
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

function addressConfig(text: string, path: KeyPath): AddressConfig {
  const [host = '', length = ''] = text.split('/');
  const { text: shown, ip } = address(host, path);
  const prefix = prefixOf(length, ip, path);
  const unusable = ip.family === 2 ? !isHostAddress(host) : ip.bytes[0] === 0xff || isNetwork(ip, 0);
  if (unusable) throw new FieldError(path, `"${shown}" cannot be the address of an interface`);
  return { address: shown, prefix };
}

function routeConfigs(
  { gateway, routes = [], addresses = [], dhcp }: GivenInterface,
  path: KeyPath,
): RouteConfig[] {
  const parts = everyPart({
    gateway: () => (gateway === undefined ? [] : [defaultRoute(gateway, 0, [...path, 'gateway'])]),
    routes: () => everyItem(routes, (one, at) => routeConfig(one, [...path, 'routes', at])),
  });
  const all = [...parts.gateway, ...parts.routes];
  if (all.length > 0 && addresses.length === 0 && !dhcp) {
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

type GivenRoute = NonNullable<GivenInterface['routes']>[number];

function routeConfig({ to, via, metric = 0 }: GivenRoute, path: KeyPath): RouteConfig {
  if (to === 'default') {
    if (via === undefined) throw new FieldError(path, 'the default route needs "via"');
    return defaultRoute(via, metric, [...path, 'via']);
  }
  const [host = '', length = ''] = to.split('/');
  const { text, ip } = address(host, [...path, 'to']);
  const prefix = prefixOf(length, ip, [...path, 'to']);
  if (!isNetwork(ip, prefix)) {
    throw new FieldError([...path, 'to'], `"${to}" is not a network: the bits after the prefix must be 0`);
  }
  if (via === undefined) return { destination: text, prefix, metric };
  const gateway = address(via, [...path, 'via']);
  if (gateway.ip.family !== ip.family) {
    throw new FieldError(
      [...path, 'via'],
      `"${via}" cannot be the gateway to "${to}": one is IPv4, the other IPv6`,
    );
  }
  return { destination: text, prefix, gateway: gateway.text, metric };
}

function checkVlan({ name, vlan }: GivenInterface, path: KeyPath): void {
  if (!vlan) return;
  if (name === undefined) throw new FieldError([...path, 'vlan'], 'a VLAN needs a "name"');
  if (name === vlan.link)
    throw new FieldError([...path, 'vlan', 'link'], `VLAN "${name}" cannot be its own link`);
}

/** In lower case, as the kernel prints it. */
function address(text: string, path: KeyPath): { readonly text: string; readonly ip: IpAddress } {
  try {
    return { text: text.toLowerCase(), ip: ipAddress(text) };
  } catch {
    throw new FieldError(path, `"${text}" is not an IPv4 or IPv6 address`);
  }
}

function prefixOf(text: string, { bytes }: IpAddress, path: KeyPath): number {
  const bits = bytes.length * 8;
  if (Number(text) <= bits) return Number(text);
  throw new FieldError(path, `the prefix length must be at most ${bits}, not ${text}`);
}

/** Interfaces and addresses that occur twice in all manifests together. */
function duplicates(documents: readonly Located<Network>[]): KitError[] {
  const seen = new Map<string, string>();
  const errors: KitError[] = [];
  const claim = (what: string, owner: string, { place }: Located<Network>['origin'], path: KeyPath): void => {
    const before = seen.get(what);
    if (before !== undefined)
      errors.push(new KitError(`${what} is already used by ${before}`, { place: place(path) }));
    else seen.set(what, owner);
  };
  for (const { value, origin } of documents) {
    for (const [at, { name, mac, addresses = [] }] of (value.interfaces ?? []).entries()) {
      const owner = `interface "${name ?? mac}"`;
      claim(`interface "${(name ?? mac ?? '').toLowerCase()}"`, 'another item', origin, ['interfaces', at]);
      for (const [index, text] of addresses.entries()) {
        const host = text.toLowerCase().split('/')[0];
        claim(`address "${host}"`, owner, origin, ['interfaces', at, 'addresses', index]);
      }
    }
  }
  return errors;
}

/**
 * Moves the link of a VLAN before the VLAN. Links that are not in the manifest are ignored: init waits for
 * them to appear.
 */
function inOrder(interfaces: readonly InterfaceConfig[]): InterfaceConfig[] {
  const done = new Set<InterfaceConfig>();
  const add = (one: InterfaceConfig, pending: readonly InterfaceConfig[]): void => {
    if (done.has(one) || pending.includes(one)) return;
    const link = interfaces.find(({ name }) => name !== undefined && name === one.vlan?.link);
    if (link) add(link, [...pending, one]);
    done.add(one);
  };
  for (const one of interfaces) add(one, []);
  return [...done];
}
