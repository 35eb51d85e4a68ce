import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { guestPaths } from '../../lib/bundle/bundle.ts';
import {
  type InterfaceConfig,
  interfaceMarks,
  type NetworkConfig,
  staticDnsFile,
} from '../../lib/bundle/network.ts';
import { reasonOf } from '../../lib/errors/errors.ts';
import type { Link } from '../../lib/linux/netlink/rtnetlink-link.ts';
import { formatResolvConf } from '../../lib/net/resolv-conf.ts';
import type { Machine } from '../steps.ts';
import { resolvConfFolder } from './host.ts';
import { loadModule } from './modules.ts';

/** How long all interfaces together may take to show up: drivers are loaded, but a device may need a moment more. */
const waitMs = 10_000;
const lookMs = 50;

/** Sets what the manifest's `network:` says. One interface that fails is told of, and the others are set. */
export async function setNetwork(machine: Machine): Promise<string> {
  const { kernel, console } = machine;
  const text = kernel.files.read(guestPaths.network);
  if (text === undefined) return 'left to services';
  const { interfaces, dns }: NetworkConfig = JSON.parse(text);
  kernel.files.write(join(resolvConfFolder, staticDnsFile), JSON.stringify(dns));
  kernel.files.write(join(resolvConfFolder, 'resolv.conf'), formatResolvConf([dns]));
  if (kernel.ownsMachine() && interfaces.some(({ vlan }) => vlan)) loadModule('8021q', machine);
  const deadline = kernel.uptimeMs() + waitMs;
  const done: string[] = [];
  for (const wanted of interfaces) {
    try {
      const link = await interfaceOf(wanted, deadline, machine);
      done.push(`${link.name} ${setInterface(link, wanted, machine).join(', ') || 'up'}`);
    } catch (thrown) {
      console.say(`interface ${wanted.name ?? wanted.mac} failed: ${reasonOf(thrown)}`);
    }
  }
  return done.join('; ') || 'nothing was set';
}

/** Found, or made. @throws when it does not show up in time */
async function interfaceOf(
  { name, mac, vlan }: InterfaceConfig,
  deadline: number,
  machine: Machine,
): Promise<Link> {
  if (vlan && name) {
    const below = await shownUp((link) => link.name === vlan.link, vlan.link, deadline, machine);
    machine.kernel.createVlan({ name, id: vlan.id, link: below.index });
  }
  // A VLAN has the MAC address of what it stands on.
  const fits = (link: Link): boolean => (name ? link.name === name : link.mac === mac && link.kind === '');
  return shownUp(fits, name ?? mac ?? '', deadline, machine);
}

async function shownUp(
  fits: (link: Link) => boolean,
  what: string,
  deadline: number,
  { kernel, ending }: Machine,
): Promise<Link> {
  for (;;) {
    const links = kernel.listLinks();
    const found = links.find(fits);
    if (found) return found;
    if (ending.aborted || kernel.uptimeMs() > deadline) {
      const others = links.filter(({ loopback }) => !loopback).map((link) => `${link.name} (${link.mac})`);
      throw new Error(`there is no "${what}" after ${waitMs / 1000} s, but ${others.join(', ') || 'none'}`);
    }
    await pause(lookMs);
  }
}

/** Returns what was set; what cannot be set is told of. */
function setInterface(
  { index, name }: Link,
  { addresses, routes, dhcp, mtu }: InterfaceConfig,
  { kernel, console }: Machine,
): string[] {
  const steps: (readonly [what: string, set: () => void])[] = [
    // First: a DHCP service may be looking already.
    [
      dhcp ? 'DHCP' : '',
      () => kernel.changeLink(index, { alias: dhcp ? interfaceMarks.dhcp : interfaceMarks.fixed }),
    ],
    ...(mtu === undefined ? [] : [[`MTU ${mtu}`, () => kernel.changeLink(index, { mtu })] as const]),
    ['', () => kernel.changeLink(index, { up: true })],
    ...addresses.map(
      (one) => [`${one.address}/${one.prefix}`, () => kernel.setAddress({ index, ...one })] as const,
    ),
    ...routes.map((one) => {
      const to = one.prefix === 0 ? 'default' : `${one.destination}/${one.prefix}`;
      const what = one.gateway ? `${to} via ${one.gateway}` : to;
      return [what, () => kernel.setRoute({ index, ...one })] as const;
    }),
  ];
  return steps.flatMap(([what, set]) => {
    try {
      set();
      return what === '' ? [] : [what];
    } catch (thrown) {
      console.say(`interface ${name}: ${reasonOf(thrown)}`);
      return [];
    }
  });
}
