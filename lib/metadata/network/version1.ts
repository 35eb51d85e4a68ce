import { interfaceName } from '../../bundle/metadata-network.ts';
import { printable } from '../user-data/listed.ts';
import { isList, isMap, textAt, textsOf, valueAt, type YamlMap, type YamlValue } from '../yaml.ts';
import { lineOf } from '../yaml-lines.ts';
import type { DraftInterface, NetworkDraft } from './draft.ts';
import { matchOf, mtuOf } from './hardware.ts';

/** Keys of an interface that are obeyed, or ask for what is so anyway. */
const interfaceKeys = [
  ...[
    'type',
    'name',
    'mac_address',
    'subnets',
    'mtu',
    'vlan_link',
    'vlan_id',
    'accept-ra',
    'keep_configuration',
  ],
];

/** Keys of a subnet likewise. */
const subnetKeys = [
  ...[
    'type',
    'address',
    'netmask',
    'gateway',
    'dns_nameservers',
    'dns_search',
    'routes',
    'control',
    'ipv4',
    'ipv6',
  ],
  ...['broadcast', 'dns-nameservers', 'dns-search'],
];

/** cloud-init's network-config of version 1: a list of interfaces, name servers and routes. */
export function readVersion1(tree: YamlMap, draft: NetworkDraft): void {
  const entries = valueAt(tree, 'config');
  if (!isList(entries)) {
    if (entries === 'disabled') draft.unobeyed('disabled', lineOf(tree, 'config'), byDhcp);
    else draft.problem('"config" is no list', lineOf(tree, 'config'));
    return;
  }
  const routes: YamlMap[] = [];
  for (const [index, entry] of entries.entries()) {
    const place = lineOf(entries, index);
    const type = textAt(entry, 'type') ?? '';
    if (!isMap(entry) || type === '') draft.problem('an entry of "config" has no "type"', place);
    else if (type === 'physical' || type === 'vlan') readInterface(entry, type, draft, place);
    else if (type === 'nameserver')
      draft.addDns(textsOf(valueAt(entry, 'address')), textsOf(valueAt(entry, 'search')), place);
    else if (type === 'route') routes.push(entry);
    else if (type !== 'loopback')
      draft.unobeyed(
        `type "${printable(type)}"`,
        place,
        'of metadata, only interfaces that are there and VLANs count',
      );
  }
  for (const route of routes) readGlobalRoute(route, draft);
}

export const byDhcp = 'interfaces that nobody lists are configured by DHCP';

function readInterface(entry: YamlMap, type: 'physical' | 'vlan', draft: NetworkDraft, place: string): void {
  const [id, mac] = [
    textAt(entry, 'name') ?? textAt(entry, 'mac_address') ?? '',
    textAt(entry, 'mac_address'),
  ];
  const which =
    type === 'vlan'
      ? vlanOf(id, entry, draft, place)
      : matchOf(id, { name: textAt(entry, 'name'), mac }, draft, place);
  if (which === undefined) return;
  const mtu = mtuOf(textAt(entry, 'mtu'), draft, lineOf(entry, 'mtu'));
  const subnets = valueAt(entry, 'subnets');
  const all = isList(subnets) ? subnets : [];
  const made: DraftInterface = {
    ...{
      id,
      ...which,
      addresses: [],
      routes: [],
      dhcp: all.some((one) => /^dhcp4?$/.test(textAt(one, 'type') ?? '')),
    },
    ...(mtu !== undefined && { mtu }),
  };
  for (const [index, subnet] of all.entries()) readSubnet(made, subnet, draft, lineOf(all, index));
  draft.ignored(
    id,
    Object.keys(entry).filter((key) => !interfaceKeys.includes(key)),
    place,
  );
  draft.interfaces.push(made);
}

function vlanOf(
  id: string,
  entry: YamlMap,
  draft: NetworkDraft,
  place: string,
): Pick<DraftInterface, 'vlan'> | undefined {
  const [tag, link] = [Number(textAt(entry, 'vlan_id') ?? Number.NaN), textAt(entry, 'vlan_link')];
  if (interfaceName.test(id) && Number.isInteger(tag) && tag >= 1 && tag <= 4094 && link !== undefined)
    return { vlan: { id: tag, link } };
  draft.problem(
    `the VLAN "${printable(id)}" needs a name of 15 characters, a "vlan_id" of 1 to 4094 and a "vlan_link"`,
    place,
  );
  return undefined;
}

function readSubnet(made: DraftInterface, subnet: YamlValue, draft: NetworkDraft, place: string): void {
  const type = textAt(subnet, 'type') ?? '';
  const address = textAt(subnet, 'address');
  if (address !== undefined) draft.addAddress(made, address, textAt(subnet, 'netmask'), place);
  else if (/^static6?$/.test(type))
    draft.problem(`a subnet of "${printable(made.id)}" has no address`, place);
  const gateway = textAt(subnet, 'gateway');
  if (gateway !== undefined) draft.addGateway(made, gateway, place);
  const routes = valueAt(subnet, 'routes');
  for (const route of isList(routes) ? routes : []) draft.addRoute(made, givenRoute(route), place);
  const dns = (name: string): string[] =>
    [`dns_${name}`, `dns-${name}`]
      .flatMap((key) => textsOf(valueAt(subnet, key)))
      .flatMap((text) => text.split(/\s+/));
  draft.addDns(dns('nameservers'), dns('search'), place);
  if (/^(dhcp6|ipv6_)/.test(type) && !made.dhcp)
    draft.unobeyed(
      `"${printable(type)}" of "${printable(made.id)}"`,
      place,
      'IPv6 is as routers advertise it',
    );
  else if (!/^(dhcp|dhcp[46]|static6?|manual|ipv6_.*)$/.test(type))
    draft.problem(`a subnet of "${printable(made.id)}" has the type "${printable(type)}"`, place);
  const others = isMap(subnet) ? Object.keys(subnet).filter((key) => !subnetKeys.includes(key)) : [];
  draft.ignored(`${made.id}: subnets`, others, place);
}

/** `{network, netmask, gateway}` of subnets, `{destination, gateway}` of entries. */
function givenRoute(route: YamlValue): Parameters<NetworkDraft['addRoute']>[1] {
  return {
    to: textAt(route, 'network') ?? textAt(route, 'destination') ?? textAt(route, 'address') ?? '',
    netmask: textAt(route, 'netmask') ?? textAt(route, 'prefix'),
    via: textAt(route, 'gateway'),
    metric: textAt(route, 'metric'),
  };
}

/** A route that names no interface is one of the only interface that has an address. */
function readGlobalRoute(route: YamlMap, draft: NetworkDraft): void {
  const place = lineOf(route, 'type');
  const [only, ...others] = draft.interfaces.filter(({ addresses }) => addresses.length > 0);
  if (only && others.length === 0) draft.addRoute(only, givenRoute(route), place);
  else draft.unobeyed('a route', place, 'it names no interface, and not just one has an address');
}
