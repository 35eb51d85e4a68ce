import { type MetadataNetwork, parseMetadataNetwork } from '../../bundle/metadata-network.ts';
import { KitError } from '../../errors/errors.ts';
import type { NetworkDocument } from '../metadata.ts';
import { decodeText } from '../user-data/unpack.ts';
import { isMap, parseYaml, textAt, valueAt, type YamlMap } from '../yaml.ts';
import { lineOf } from '../yaml-lines.ts';
import { NetworkDraft } from './draft.ts';
import { readNetplan } from './netplan.ts';
import { readNetworkData } from './network-data.ts';
import { byDhcp, readVersion1 } from './version1.ts';

export interface NetworkRequest {
  /** Undefined when it cannot be read at all. */
  readonly network: MetadataNetwork | undefined;
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

/**
 * What a document asks of the network: cloud-init's network-config of version 1 or 2, or OpenStack's
 * network_data.json. A mistake in one part does not affect the others, and never throws.
 */
export function readNetworkConfig({ content, form }: NetworkDocument): NetworkRequest {
  const draft = new NetworkDraft();
  try {
    const { tree, notes } = parseYaml(decodeText(content).text, form);
    draft.notes.push(...notes);
    if (!isMap(tree)) {
      if (tree !== '') throw new KitError(`Cannot read ${form}: expected keys and values`);
      return { network: undefined, problems: [], notes };
    }
    if (form === 'network_data.json') readNetworkData(tree, draft);
    else readVersions(tree, draft);
    // By the rules of whoever reads the file: what it would refuse is refused here, with a reason.
    const network = parseMetadataNetwork(JSON.stringify(draft.finish()));
    return { network, problems: draft.problems, notes: draft.notes };
  } catch (error) {
    if (!(error instanceof KitError)) throw error;
    return { network: undefined, problems: [...draft.problems, error.message], notes: draft.notes };
  }
}

/** Both versions may be below a key `network`, as in the files of a system. */
function readVersions(whole: YamlMap, draft: NetworkDraft): void {
  const inner = valueAt(whole, 'network');
  const tree = isMap(inner) ? inner : whole;
  const version = textAt(tree, 'version');
  if (valueAt(tree, 'config') === 'disabled') draft.unobeyed('disabled', lineOf(tree, 'config'), byDhcp);
  else if (version === '1') readVersion1(tree, draft);
  else if (version === '2' || (version === undefined && valueAt(tree, 'ethernets'))) readNetplan(tree, draft);
  else if (Object.keys(tree).length > 0)
    draft.problem('its "version" is neither 1 nor 2', lineOf(tree, 'version'));
}

/** Whether it asks for more than what every interface has that nobody lists. */
export const asksForMore = ({ interfaces, dns }: MetadataNetwork): boolean =>
  dns.servers.length + dns.search.length > 0 ||
  interfaces.some(
    ({ dhcp, addresses, routes, mtu, vlan }) => !dhcp || vlan || mtu || addresses.length + routes.length > 0,
  );
