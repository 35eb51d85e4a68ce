import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
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
import type { StepContext } from '../steps.ts';
import { resolvConfFolder } from './host.ts';
import { loadModuleByName } from './modules.ts';

/** How long all interfaces together may take to appear once their drivers are loaded. */
const waitMs = 10_000;
const pollMs = 50;

/** Sets up the interfaces of the manifest's `network:`. A failure is logged, the others are set up. */
export async function setUpNetwork(context: StepContext): Promise<string> {
  const { system, console } = context;
  const text = system.files.read(guestPaths.network);
  if (text === undefined) return 'left to services';
  const { interfaces, dns }: NetworkConfig = JSON.parse(text);
  system.files.write(join(resolvConfFolder, staticDnsFile), JSON.stringify(dns));
  system.files.write(join(resolvConfFolder, 'resolv.conf'), formatResolvConf([dns]));
  if (system.ownsMachine() && interfaces.some(({ vlan }) => vlan)) loadModuleByName('8021q', context);
  const deadline = system.uptimeMs() + waitMs;
  const done: string[] = [];
  for (const config of interfaces) {
    try {
      const link = await findOrMakeLink(config, deadline, context);
      done.push(`${link.name} ${configureLink(link, config, context).join(', ') || 'up'}`);
    } catch (thrown) {
      console.log(`interface ${config.name ?? config.mac} failed: ${reasonOf(thrown)}`);
    }
  }
  return done.join('; ') || 'nothing was set';
}

/** @throws Error when the interface does not appear in time. */
async function findOrMakeLink(
  { name, mac, vlan }: InterfaceConfig,
  deadline: number,
  context: StepContext,
): Promise<Link> {
  if (vlan && name) {
    const below = await waitForLink((link) => link.name === vlan.link, vlan.link, deadline, context);
    context.system.createVlan({ name, id: vlan.id, link: below.index });
  }
  // Hardware only: a VLAN has the MAC address of the interface below it.
  const fits = (link: Link): boolean => (name ? link.name === name : link.mac === mac && link.kind === '');
  return waitForLink(fits, name ?? mac ?? '', deadline, context);
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
      throw new Error(`no "${what}" after ${waitMs / 1000} s, only ${others.join(', ') || 'loopback'}`);
    }
    await sleep(pollMs);
  }
}

/** Returns what was set; what cannot be set is logged. */
function configureLink(
  { index, name }: Link,
  { addresses, routes, dhcp, mtu }: InterfaceConfig,
  { system, console }: StepContext,
): string[] {
  const steps: (readonly [what: string, set: () => void])[] = [
    // First: the DHCP service may be looking at the interface already.
    [
      dhcp ? 'DHCP' : '',
      () => system.changeLink(index, { alias: dhcp ? interfaceMarks.dhcp : interfaceMarks.fixed }),
    ],
    ...(mtu === undefined ? [] : [[`MTU ${mtu}`, () => system.changeLink(index, { mtu })] as const]),
    ['', () => system.changeLink(index, { up: true })],
    ...addresses.map(
      (one) => [`${one.address}/${one.prefix}`, () => system.setAddress({ index, ...one })] as const,
    ),
    ...routes.map((one) => {
      const to = one.prefix === 0 ? 'default' : `${one.destination}/${one.prefix}`;
      const what = one.gateway ? `${to} via ${one.gateway}` : to;
      return [what, () => system.setRoute({ index, ...one })] as const;
    }),
  ];
  return steps.flatMap(([what, set]) => {
    try {
      set();
      return what === '' ? [] : [what];
    } catch (thrown) {
      console.log(`interface ${name}: ${reasonOf(thrown)}`);
      return [];
    }
  });
}
