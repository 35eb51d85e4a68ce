import type { DnsConfig, InterfaceConfig, NetworkConfig } from '../../../lib/bundle/network.ts';
import { KitError, KitErrors } from '../../../lib/errors/errors.ts';
import type { KeyPath } from '../../manifest/check.ts';
import type { Located, Network } from '../../manifest/types.ts';
import { everyItem, everyPart, fieldErrors, fieldKitError } from '../field-error.ts';
import { address, addressConfig } from './addresses.ts';
import { ipv6Config, madeLink } from './links.ts';
import { type GivenInterface, routeConfigs } from './routes.ts';
import { ruleConfigs } from './rules.ts';
import { type PlacedInterface, partsOf, topologyErrors } from './topology.ts';

/**
 * Init's network configuration from the `network:` of all manifests; undefined if none has the key. Pure.
 * @throws KitErrors with all errors and their positions
 */
export function networkConfig(documents: readonly Located<Network>[]): NetworkConfig | undefined {
  if (documents.length === 0) return undefined;
  const errors: KitError[] = [];
  const parts = documents.flatMap(({ value, origin }) => {
    try {
      return [{ ...documentConfig(value), origin }];
    } catch (thrown) {
      errors.push(...fieldErrors(thrown).map((error) => fieldKitError(error, origin)));
      return [];
    }
  });
  const placed = parts.flatMap(({ interfaces, origin }) =>
    interfaces.map((config, at): PlacedInterface => ({ config, origin, path: ['interfaces', at] })),
  );
  if (errors.length === 0) errors.push(...duplicates(documents), ...topologyErrors(placed));
  if (errors.length > 0) throw new KitErrors(errors);
  const rules = parts.flatMap((part) => part.rules ?? []);
  const dns: DnsConfig = {
    servers: parts.flatMap((part) => part.dns.servers),
    search: parts.flatMap((part) => part.dns.search),
  };
  const interfaces = inOrder(placed.map(({ config }) => config));
  return { interfaces, ...(rules.length > 0 && { rules }), dns };
}

function documentConfig({ interfaces = [], rules = [], dns = {} }: Network): NetworkConfig {
  return everyPart({
    interfaces: () => everyItem(interfaces, (one, at) => interfaceConfig(one, ['interfaces', at])),
    rules: () => everyItem(rules, (one, at) => ruleConfigs(one, ['rules', at])).flat(),
    dns: () => ({
      servers: everyItem(dns.servers ?? [], (server, at) => address(server, ['dns', 'servers', at]).text),
      search: dns.search ?? [],
    }),
  });
}

function interfaceConfig(given: GivenInterface, path: KeyPath): InterfaceConfig {
  const { name, mac, mtu, dhcp = false } = given;
  const { addresses, routes, link, ipv6 } = everyPart({
    addresses: () =>
      everyItem(given.addresses ?? [], (text, at) => addressConfig(text, [...path, 'addresses', at])),
    routes: () => routeConfigs(given, path),
    link: () => madeLink(given, path),
    ipv6: () => ipv6Config(given, path),
  });
  return {
    ...(name && { name }),
    ...(mac && { mac: mac.toLowerCase() }),
    addresses,
    routes,
    dhcp,
    ...(mtu !== undefined && { mtu }),
    ...link,
    ...(ipv6 && { ipv6 }),
  };
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

/** Moves what an interface is made of before it; there are no circles. */
function inOrder(interfaces: readonly InterfaceConfig[]): InterfaceConfig[] {
  const done = new Set<InterfaceConfig>();
  const add = (one: InterfaceConfig): void => {
    for (const part of partsOf(one)) {
      const found = interfaces.find(({ name }) => name === part);
      if (found && !done.has(found)) add(found);
    }
    done.add(one);
  };
  for (const one of interfaces) add(one);
  return [...done];
}
