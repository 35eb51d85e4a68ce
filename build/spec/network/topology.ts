import type { InterfaceConfig } from '../../../lib/bundle/network.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import type { KeyPath } from '../../manifest/check.ts';
import type { ManifestOrigin } from '../../manifest/types.ts';

/** An interface, and where the manifest has it. */
export interface PlacedInterface {
  readonly config: InterfaceConfig;
  readonly origin: ManifestOrigin;
  readonly path: KeyPath;
}

/** Names of the interfaces that one is made of. */
export const partsOf = ({ vlan, bond, bridge }: InterfaceConfig): readonly string[] =>
  vlan ? [vlan.link] : ((bond ?? bridge)?.members ?? []);

/**
 * What is wrong with how interfaces are made of each other. A name that the manifest has no interface of is
 * hardware, which init waits for.
 */
export function topologyErrors(all: readonly PlacedInterface[]): KitError[] {
  const named = new Map(all.flatMap((one) => (one.config.name ? [[one.config.name, one] as const] : [])));
  return [
    ...all.flatMap((one) => [...memberErrors(one, named), ...delegateErrors(one, named)]),
    ...shared(all),
    ...cycles(all, named),
  ];
}

type Named = ReadonlyMap<string, PlacedInterface>;

function memberErrors(one: PlacedInterface, named: Named): KitError[] {
  const { vlan, bond, bridge } = one.config;
  if (vlan) {
    const below = named.get(vlan.link);
    if (!below?.config.wireguard) return [];
    return [errorAt(one, ['vlan', 'link'], `"${vlan.link}" cannot carry a VLAN: it is a WireGuard tunnel`)];
  }
  const kind = bond ? 'bond' : 'bridge';
  return ((bond ?? bridge)?.members ?? []).flatMap((name, at) => {
    const why = memberFault(named.get(name)?.config, kind);
    return why
      ? [errorAt(one, [kind, 'members', at], `"${name}" cannot be a member of the ${kind}: ${why}`)]
      : [];
  });
}

function memberFault(member: InterfaceConfig | undefined, kind: 'bond' | 'bridge'): string | undefined {
  if (!member) return undefined;
  if (member.wireguard) return 'a WireGuard tunnel carries no Ethernet frames';
  if (member[kind]) return `it is a ${kind} itself`;
  if (kind === 'bond' && member.bridge) return 'it is a bridge';
  if (member.addresses.length > 0 || member.routes.length > 0 || member.dhcp || member.ipv6)
    return `its addresses, routes, \`dhcp\` and \`ipv6\` belong to the ${kind}`;
  return undefined;
}

function delegateErrors(one: PlacedInterface, named: Named): KitError[] {
  return (one.config.ipv6?.delegate?.to ?? []).flatMap((name, at) => {
    const path = ['ipv6', 'delegate', 'to', at];
    if (name === one.config.name) return [errorAt(one, path, `"${name}" is where the prefix comes from`)];
    if (named.has(name)) return [];
    return [errorAt(one, path, `unknown interface "${name}"`, 'add it to `interfaces:`')];
  });
}

/** Members of two bonds or bridges, and of one twice. */
function shared(all: readonly PlacedInterface[]): KitError[] {
  const owners = new Map<string, string>();
  return all.flatMap((one) => {
    const { bond, bridge, name = '' } = one.config;
    const kind = bond ? 'bond' : 'bridge';
    return ((bond ?? bridge)?.members ?? []).flatMap((member, at) => {
      const owner = owners.get(member);
      owners.set(member, owner ?? name);
      if (owner === undefined) return [];
      return [errorAt(one, [kind, 'members', at], `"${member}" is already a member of "${owner}"`)];
    });
  });
}

/** One error for each circle, at the interface of it that comes first. */
function cycles(all: readonly PlacedInterface[], named: Named): KitError[] {
  const done = new Set<string>();
  const errors: KitError[] = [];
  const visit = (name: string, above: readonly string[]): void => {
    const at = above.indexOf(name);
    if (at !== -1) {
      const circle = above.slice(at);
      const first = all.find(({ config }) => config.name && circle.includes(config.name));
      const text = [...circle, name].map((each) => `"${each}"`).join(' is made of ');
      if (first) errors.push(errorAt(first, [], `interfaces cannot be made of each other: ${text}`));
      return;
    }
    if (done.has(name)) return;
    const found = named.get(name);
    for (const part of found ? partsOf(found.config) : []) visit(part, [...above, name]);
    done.add(name);
  };
  for (const name of named.keys()) visit(name, []);
  return errors;
}

function errorAt({ origin, path }: PlacedInterface, more: KeyPath, message: string, hint?: string): KitError {
  return new KitError(message, { place: origin.place([...path, ...more]), hint });
}
