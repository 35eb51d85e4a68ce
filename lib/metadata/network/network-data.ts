import { interfaceName } from '../../bundle/metadata-network.ts';
import { printable } from '../user-data/listed.ts';
import { isList, textAt, textsOf, valueAt, type YamlMap, type YamlValue } from '../yaml.ts';
import { lineOf } from '../yaml-lines.ts';
import type { DraftInterface, NetworkDraft } from './draft.ts';
import { matchOf, mtuOf } from './hardware.ts';

/**
 * OpenStack's network_data.json (nova's "network metadata" format): `links` are interfaces, which have MAC
 * addresses and no names; `networks` their addresses; `services` name servers.
 */
export function readNetworkData(tree: YamlMap, draft: NetworkDraft): void {
  const links = new Map<string, DraftInterface>();
  for (const [index, link] of items(tree, 'links')) {
    const made = readLink(link, draft, lineOf(valueAt(tree, 'links'), index));
    if (made === undefined) continue;
    links.set(made.id, made);
    draft.interfaces.push(made);
  }
  for (const [index, network] of items(tree, 'networks'))
    readNetwork(network, links, draft, lineOf(valueAt(tree, 'networks'), index));
  draft.addDns(serversOf(tree), [], lineOf(tree, 'services'));
}

function readLink(link: YamlValue, draft: NetworkDraft, place: string): DraftInterface | undefined {
  const [id, type] = [textAt(link, 'id') ?? '', textAt(link, 'type') ?? ''];
  if (type === 'bond') {
    draft.unobeyed(
      `the bond "${printable(id)}"`,
      place,
      'of metadata, only interfaces that are there and VLANs count',
    );
    return undefined;
  }
  const mtu = mtuOf(textAt(link, 'mtu'), draft, place);
  const which =
    type === 'vlan'
      ? vlanOf(link, draft, place)
      : matchOf(id, { mac: textAt(link, 'ethernet_mac_address') }, draft, place);
  return (
    which && {
      ...{ id, ...which, addresses: [], routes: [], dhcp: false },
      ...(mtu !== undefined && { mtu }),
    }
  );
}

/** A VLAN is called what cloud-init calls it when the interface below it has no better name. */
function vlanOf(
  link: YamlValue,
  draft: NetworkDraft,
  place: string,
): Pick<DraftInterface, 'vlan'> | undefined {
  const [id, tag, below] = [
    textAt(link, 'id') ?? '',
    Number(textAt(link, 'vlan_id')),
    textAt(link, 'vlan_link'),
  ];
  if (interfaceName.test(id) && Number.isInteger(tag) && tag >= 1 && tag <= 4094 && below !== undefined)
    return { vlan: { id: tag, link: below } };
  draft.problem(`the VLAN "${printable(id)}" needs a "vlan_id" of 1 to 4094 and a "vlan_link"`, place);
  return undefined;
}

function readNetwork(
  network: YamlValue,
  links: ReadonlyMap<string, DraftInterface>,
  draft: NetworkDraft,
  place: string,
): void {
  const [type, link] = [textAt(network, 'type') ?? '', textAt(network, 'link') ?? ''];
  const made = links.get(link);
  if (made === undefined) {
    draft.problem(`a network is on "${printable(link)}", which is not in it`, place);
    return;
  }
  if (type === 'ipv4_dhcp') Object.assign(made, { dhcp: true });
  else if (/^ipv6_/.test(type)) {
    if (type !== 'ipv6_slaac')
      draft.unobeyed(`"${printable(type)}"`, place, 'IPv6 is as routers advertise it');
  } else if (type !== 'ipv4' && type !== 'ipv6')
    draft.problem(`a network has the type "${printable(type)}"`, place);
  const address = textAt(network, 'ip_address');
  if (address !== undefined && /^ipv[46]$/.test(type))
    draft.addAddress(made, address, textAt(network, 'netmask'), place);
  const gateway = textAt(network, 'gateway');
  if (gateway !== undefined) draft.addGateway(made, gateway, place);
  for (const [, route] of items(network, 'routes')) {
    const [to = '', netmask, via] = [
      textAt(route, 'network'),
      textAt(route, 'netmask'),
      textAt(route, 'gateway'),
    ];
    draft.addRoute(made, { to, netmask, via }, place);
  }
  draft.addDns([...serversOf(network), ...textsOf(valueAt(network, 'dns_nameservers'))], [], place);
}

const serversOf = (tree: YamlValue): string[] =>
  items(tree, 'services').flatMap(([, service]) =>
    textAt(service, 'type') === 'dns' ? [textAt(service, 'address') ?? ''] : [],
  );

function items(tree: YamlValue, key: string): [index: number, item: YamlValue][] {
  const value = valueAt(tree, key);
  return isList(value) ? [...value.entries()] : [];
}
