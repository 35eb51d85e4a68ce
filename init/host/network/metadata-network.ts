import { guestPaths } from '../../../lib/bundle/bundle.ts';
import {
  type MetadataInterface,
  type MetadataNetwork,
  metadataNetworkFile,
  metadataNetworkLimits,
  parseMetadataNetwork,
} from '../../../lib/bundle/metadata-network.ts';
import type { InterfaceConfig, NetworkConfig } from '../../../lib/bundle/network.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import type { Link } from '../../../lib/linux/netlink/rtnetlink-link.ts';
import type { StepContext } from '../../steps.ts';
import { applyNetwork, manifestNetwork } from './network.ts';

/**
 * Sets up the network that metadata asks for, if the manifest lets it. Init does it, since what reads
 * metadata has no capability, a VLAN may need a module of the kernel, and the manifest's own network was set
 * up here. Each text counts once. Returns what was done, one sentence each.
 */
export function metadataNetworkAdopter(context: StepContext): () => Promise<string[]> {
  const { system } = context;
  let before: string | undefined;
  return async () => {
    if (!system.files.has(guestPaths.metadataNetwork)) return [];
    const text = system.files.readOfService(metadataNetworkFile, metadataNetworkLimits.bytes);
    if (text === undefined || text === before) return [];
    before = text;
    try {
      const { config, lines } = resolved(
        parseMetadataNetwork(text),
        manifestNetwork(context),
        system.listLinks(),
      );
      return [...lines, `network of the metadata: ${await applyNetwork(config, context)}`];
    } catch (thrown) {
      return [reasonOf(thrown)];
    }
  };
}

/**
 * With names of the machine's interfaces in place of ids and patterns. Interfaces of the manifest stay as the
 * manifest says; its name servers come first.
 */
function resolved(
  { interfaces, dns }: MetadataNetwork,
  manifest: NetworkConfig = { interfaces: [], dns: { servers: [], search: [] } },
  links: readonly Link[],
): { readonly config: NetworkConfig; readonly lines: readonly string[] } {
  const lines: string[] = [];
  const names = new Map<string, string>();
  const set: InterfaceConfig[] = [];
  const claimed = (name: string, mac = ''): boolean =>
    [...manifest.interfaces, ...set].some((one) => one.name === name || (mac !== '' && one.mac === mac));
  const add = (name: string, one: MetadataInterface, mac?: string): void => {
    const { id, match: _match, vlan, ...settings } = one;
    if (claimed(name, mac)) lines.push(`interface ${name} of the metadata: it has been configured before`);
    else
      set.push({ ...settings, name, ...(vlan && { vlan: { ...vlan, link: names.get(vlan.link) ?? '' } }) });
    if (!names.has(id)) names.set(id, name);
  };
  for (const one of interfaces) {
    const { id, match, vlan } = one;
    if (vlan && names.has(vlan.link)) add(id, one);
    const found = match ? links.filter((link) => fits(link, match)) : [];
    for (const { name, mac } of found) add(name, one, mac);
    if (names.get(id) !== undefined) continue;
    const wanted = match?.mac ?? match?.name ?? `that of ${vlan?.link}`;
    const others = links.filter(({ loopback }) => !loopback).map((link) => `${link.name} (${link.mac})`);
    lines.push(`interface "${id}" of the metadata: no "${wanted}", only ${others.join(', ') || 'loopback'}`);
  }
  const servers = [...manifest.dns.servers, ...dns.servers];
  return {
    config: { interfaces: set, dns: { servers, search: [...manifest.dns.search, ...dns.search] } },
    lines,
  };
}

/** Kinds that have the MAC address of an interface below them, which is not the one that is meant. */
const derivedKinds = ['vlan', 'macvlan', 'macvtap', 'ipvlan', 'bond', 'bridge', 'team'];

function fits(link: Link, { name, mac }: NonNullable<MetadataInterface['match']>): boolean {
  if (link.loopback) return false;
  return mac === undefined
    ? new RegExp(globSource(name ?? '')).test(link.name)
    : link.mac === mac && !derivedKinds.includes(link.kind);
}

/** `en*`, `eth?` over the whole name. */
const globSource = (glob: string): string =>
  `^${glob
    .replace(/[.+^${}()|[\]\\-]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.')}$`;
