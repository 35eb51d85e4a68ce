import { type InterfaceConfig, interfaceMarks } from '../../../lib/bundle/network.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import type { Link } from '../../../lib/linux/netlink/rtnetlink-link.ts';
import type { StepContext } from '../../steps.ts';
import { writeSetting } from './settings.ts';

type Step = readonly [what: string, set: () => void];

/** Returns what was set; what cannot be set is logged. */
export function configureLink(
  { index, name }: Link,
  config: InterfaceConfig,
  context: StepContext,
): string[] {
  const { system, console } = context;
  const { addresses, routes, dhcp, mtu } = config;
  const steps: Step[] = [
    // First: the DHCP service may be looking at the interface already.
    [dhcp ? 'DHCP' : '', () => system.changeLink(index, { alias: markOf(config) })],
    ...(mtu === undefined ? [] : [[`MTU ${mtu}`, () => system.changeLink(index, { mtu })] as const]),
    // Before it is up, when the kernel asks routers.
    ['', () => setSysctls(name, config, context)],
    ['', () => system.changeLink(index, { up: true })],
    ...addresses.map(
      (one) => [`${one.address}/${one.prefix}`, () => system.setAddress({ index, ...one })] as const,
    ),
    ...routes.map((one) => {
      const to = one.prefix === 0 ? 'default' : `${one.destination}/${one.prefix}`;
      const via = one.gateway ? `${to} via ${one.gateway}` : to;
      const what = one.table === undefined ? via : `${via} in table ${one.table}`;
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

function markOf({ dhcp, ipv6 }: InterfaceConfig): string {
  if (dhcp) return interfaceMarks.dhcp;
  return ipv6 && ipv6.dhcp !== 'off' ? interfaceMarks.dhcp6 : interfaceMarks.fixed;
}

function setSysctls(name: string, { routes, ipv6, wireguard }: InterfaceConfig, context: StepContext): void {
  if (routes.length > 0 && !wireguard) {
    // Else packets go on into a cable that is out, though there may be another way.
    for (const family of ['ipv4', 'ipv6'])
      writeSetting(`${family}/conf/${name}/ignore_routes_with_linkdown`, '1', context);
  }
  if (!ipv6) return;
  // 2: also on a machine that forwards.
  if (ipv6.acceptRa !== undefined)
    writeSetting(`ipv6/conf/${name}/accept_ra`, ipv6.acceptRa ? '2' : '0', context);
  if (ipv6.slaac !== undefined) writeSetting(`ipv6/conf/${name}/autoconf`, ipv6.slaac ? '1' : '0', context);
}
