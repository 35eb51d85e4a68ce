import { setTimeout as sleep } from 'node:timers/promises';
import { type InterfaceConfig, interfaceMarks } from '../../../lib/bundle/network.ts';
import type { MadeLink } from '../../../lib/linux/netlink/link-kinds.ts';
import type { Link } from '../../../lib/linux/netlink/rtnetlink-link.ts';
import type { StepContext } from '../../steps.ts';
import { loadModuleByName } from '../modules.ts';
import { writeSetting } from './settings.ts';

/** How long all interfaces together may take to appear once their drivers are loaded. */
export const linksWaitMs = 10_000;
const pollMs = 50;

const modules = { vlan: '8021q', bond: 'bonding', bridge: 'bridge', wireguard: 'wireguard' } as const;
/** Without it the driver makes an interface "bond0" of its own. */
const parameters = { bonding: 'max_bonds=0' };

/** Loads the modules of the kinds of interfaces that are made; a machine in a container has its host's. */
export function loadLinkModules(interfaces: readonly InterfaceConfig[], context: StepContext): void {
  if (!context.system.ownsMachine()) return;
  for (const kind of Object.keys(modules) as (keyof typeof modules)[])
    if (interfaces.some((one) => one[kind])) loadModuleByName(modules[kind], context, parameters);
}

/** @throws Error when the interface, or one that it is made of, does not appear until `deadline` */
export async function findOrMakeLink(
  config: InterfaceConfig,
  deadline: number,
  context: StepContext,
): Promise<Link> {
  const { name, mac, vlan, bond, bridge, wireguard } = config;
  const named = (wanted: string): Promise<Link> =>
    waitForLink((link) => link.name === wanted, wanted, deadline, context);
  if (name === undefined) {
    // Hardware only: a VLAN has the MAC address of the interface below it.
    return waitForLink((link) => link.mac === mac && link.kind === '', mac ?? '', deadline, context);
  }
  if (vlan) make({ name, kind: 'vlan', id: vlan.id, link: (await named(vlan.link)).index }, context);
  if (wireguard) make({ name, kind: 'wireguard' }, context);
  if (bond || bridge) {
    const members: Link[] = [];
    for (const member of (bond ?? bridge)?.members ?? []) members.push(await named(member));
    if (bridge) make({ name, kind: 'bridge', stp: bridge.stp }, context);
    if (bond) {
      const { mode, miimon, lacpRate } = bond;
      const primary = members.find((member) => member.name === bond.primary)?.index;
      make({ name, kind: 'bond', mode, miimon, lacpRate, primary }, context);
    }
    const { index } = await named(name);
    for (const member of members) join(member, index, context);
  }
  return named(name);
}

function make(link: MadeLink, { system }: StepContext): void {
  system.makeLink(
    link,
    system.listLinks().some(({ name, kind }) => name === link.name && kind === link.kind),
  );
}

/** A bond takes only members that are down. They have no addresses, not even IPv6 link-local ones. */
function join({ index, name, master }: Link, to: number, context: StepContext): void {
  const { system } = context;
  if (master !== to) {
    system.changeLink(index, { up: false, alias: interfaceMarks.fixed });
    writeSetting(`ipv6/conf/${name}/disable_ipv6`, '1', context);
    system.changeLink(index, { master: to });
  }
  system.changeLink(index, { up: true });
}

async function waitForLink(
  fits: (link: Link) => boolean,
  what: string,
  deadline: number,
  { system, ending }: StepContext,
): Promise<Link> {
  for (;;) {
    const links = system.listLinks();
    const found = links.find(fits);
    if (found) return found;
    if (ending.aborted || system.uptimeMs() > deadline) {
      const others = links.filter(({ loopback }) => !loopback).map((link) => `${link.name} (${link.mac})`);
      throw new Error(`no "${what}" after ${linksWaitMs / 1000} s, only ${others.join(', ') || 'loopback'}`);
    }
    await sleep(pollMs);
  }
}
