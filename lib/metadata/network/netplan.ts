import { interfaceName } from '../../bundle/metadata-network.ts';
import { listed, printable } from '../user-data/listed.ts';
import { isList, isMap, isTrueAt, textAt, textsOf, valueAt, type YamlMap, type YamlValue } from '../yaml.ts';
import { lineOf } from '../yaml-lines.ts';
import type { DraftInterface, NetworkDraft } from './draft.ts';
import { matchOf, mtuOf } from './hardware.ts';

/** Keys of an interface that are obeyed, or ask for what is so anyway. */
const knownKeys = [
  ...['match', 'addresses', 'dhcp4', 'gateway4', 'gateway6', 'routes', 'nameservers', 'mtu', 'id', 'link'],
  ...[
    'renderer',
    'optional',
    'optional-addresses',
    'critical',
    'wakeonlan',
    'dhcp-identifier',
    'ignore-carrier',
  ],
  ...['set-name', 'dhcp6', 'accept-ra', 'link-local'],
];

/** Keys of a route that are obeyed; a gateway may be outside the interface's networks anyway. */
const routeKeys = ['to', 'via', 'metric', 'on-link'];

/** cloud-init's network-config of version 2, a part of netplan's YAML. */
export function readNetplan(tree: YamlMap, draft: NetworkDraft): void {
  for (const [kind, value] of Object.entries(tree)) {
    if (['version', 'renderer'].includes(kind)) continue;
    const place = lineOf(tree, kind);
    if (kind !== 'ethernets' && kind !== 'vlans') {
      draft.unobeyed(printable(kind), place, 'of metadata, only interfaces that are there and VLANs count');
      continue;
    }
    if (!isMap(value)) {
      if (value !== '') draft.problem(`"${kind}" has no names of interfaces`, place);
      continue;
    }
    for (const [id, settings] of Object.entries(value))
      readInterface(id, isMap(settings) ? settings : {}, kind, { draft, place: lineOf(value, id) });
  }
}

interface Target {
  readonly draft: NetworkDraft;
  readonly place: string;
}

function readInterface(
  id: string,
  settings: YamlMap,
  kind: 'ethernets' | 'vlans',
  { draft, place }: Target,
): void {
  const which =
    kind === 'vlans' ? vlanOf(id, settings, draft, place) : ethernetOf(id, settings, draft, place);
  if (which === undefined) return;
  const mtu = mtuOf(textAt(settings, 'mtu'), draft, lineOf(settings, 'mtu'));
  const made: DraftInterface = {
    ...{ id, ...which, addresses: [], routes: [], dhcp: isTrueAt(settings, 'dhcp4') },
    ...(mtu !== undefined && { mtu }),
  };
  for (const one of listAt(settings, 'addresses')) {
    // `- 10.0.0.5/24:` with a label or a lifetime below it.
    const [text = ''] = isMap(one) ? Object.keys(one) : textsOf(one);
    draft.addAddress(made, text, undefined, lineOf(settings, 'addresses'));
  }
  for (const key of ['gateway4', 'gateway6']) {
    const gateway = textAt(settings, key);
    if (gateway !== undefined) draft.addGateway(made, gateway, lineOf(settings, key));
  }
  for (const route of listAt(settings, 'routes'))
    readRoute(made, route, { draft, place: lineOf(settings, 'routes') });
  const names = valueAt(settings, 'nameservers');
  draft.addDns(
    textsOf(valueAt(names, 'addresses')),
    textsOf(valueAt(names, 'search')),
    lineOf(settings, 'nameservers'),
  );
  noteDifferences(id, settings, { draft, place });
  draft.interfaces.push(made);
}

function ethernetOf(
  id: string,
  settings: YamlMap,
  draft: NetworkDraft,
  place: string,
): Pick<DraftInterface, 'match'> | undefined {
  const given = valueAt(settings, 'match');
  const match = isMap(given) ? given : { name: id };
  if (valueAt(match, 'driver') !== undefined)
    draft.unobeyed(
      `match by driver of "${printable(id)}"`,
      place,
      'interfaces are found by name or MAC address',
    );
  const [name, mac] = [textAt(match, 'name'), textAt(match, 'macaddress')];
  return matchOf(id, { name, mac }, draft, place);
}

function vlanOf(
  id: string,
  settings: YamlMap,
  draft: NetworkDraft,
  place: string,
): Pick<DraftInterface, 'vlan'> | undefined {
  const [tag, link] = [Number(textAt(settings, 'id') ?? Number.NaN), textAt(settings, 'link')];
  if (!interfaceName.test(id) || !(Number.isInteger(tag) && tag >= 1 && tag <= 4094) || link === undefined) {
    draft.problem(
      `the VLAN "${printable(id)}" needs a name of 15 characters, an "id" of 1 to 4094 and a "link"`,
      place,
    );
    return undefined;
  }
  return { vlan: { id: tag, link } };
}

function readRoute(made: DraftInterface, route: YamlValue, { draft, place }: Target): void {
  const others = isMap(route) ? Object.keys(route).filter((key) => !routeKeys.includes(key)) : [];
  const type = textAt(route, 'type') ?? 'unicast';
  // One of another table or type would be wrong in the main one.
  if (type !== 'unicast' || others.includes('table')) {
    draft.unobeyed(`a route of "${printable(made.id)}"`, place, `it has ${listed(others)}`);
    return;
  }
  draft.ignored(
    `${made.id}: routes`,
    others.filter((key) => key !== 'type'),
    place,
  );
  const [to = '', via, metric] = [textAt(route, 'to'), textAt(route, 'via'), textAt(route, 'metric')];
  draft.addRoute(made, { to, via, metric }, place);
}

function noteDifferences(id: string, settings: YamlMap, { draft, place }: Target): void {
  const name = textAt(settings, 'set-name');
  if (name !== undefined && name !== valueAt(valueAt(settings, 'match'), 'name'))
    draft.unobeyed(
      `set-name "${printable(name)}"`,
      lineOf(settings, 'set-name'),
      'interfaces keep their names',
    );
  if (isTrueAt(settings, 'dhcp6') && !isTrueAt(settings, 'dhcp4'))
    draft.unobeyed(
      `dhcp6 of "${printable(id)}"`,
      lineOf(settings, 'dhcp6'),
      'IPv6 is as routers advertise it',
    );
  if (/^(false|no|off)$/i.test(textAt(settings, 'accept-ra') ?? ''))
    draft.unobeyed(
      `accept-ra of "${printable(id)}"`,
      lineOf(settings, 'accept-ra'),
      'routers are listened to',
    );
  draft.ignored(
    id,
    Object.keys(settings).filter((key) => !knownKeys.includes(key)),
    place,
  );
}

function listAt(settings: YamlMap, key: string): readonly YamlValue[] {
  const value = valueAt(settings, key);
  if (value === undefined || value === '') return [];
  return isList(value) ? value : [value];
}
