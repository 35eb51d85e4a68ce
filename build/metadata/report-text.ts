import type { MetadataNetwork } from '../../lib/bundle/metadata-network.ts';
import type { RouteConfig } from '../../lib/bundle/network.ts';
import type { MetadataReport } from './metadata-report.ts';

/** For people: what is there, section by section; empty sections are left out. */
export function metadataReportText(report: MetadataReport): string {
  const { hostname, instanceId, sshKeys, files, network, notObeyed, problems } = report;
  const width = Math.max(0, ...files.map(({ path }) => path.length));
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ['hostname', hostname === null ? [] : [hostname]],
    ['instance id', instanceId === null ? [] : [instanceId]],
    ["root's keys", sshKeys.map(shortKey)],
    ['files', files.map(({ path, mode, bytes }) => `${path.padEnd(width)}  ${mode}  ${bytes} bytes`)],
    ['network, if the manifest has network: {metadata: true}', network === null ? [] : networkLines(network)],
    ['not obeyed', notObeyed.map((line) => line.replace(/^not obeyed: /, ''))],
    ['problems', problems],
  ];
  const filled = sections.filter(([, lines]) => lines.length > 0);
  if (filled.length === 0) return 'Nothing in it.\n';
  return filled.map(([title, lines]) => `${title}:\n${lines.map((line) => `  ${line}\n`).join('')}`).join('');
}

/** `eth0  10.0.2.20/24, default via 10.0.2.2` */
function networkLines({ interfaces, dns }: MetadataNetwork): string[] {
  const lines = interfaces.map(({ id, match, vlan, addresses, routes, dhcp, mtu }) => {
    const name = match?.mac ?? match?.name ?? `${id}, VLAN ${vlan?.id} on ${vlan?.link}`;
    const settings = [
      ...(dhcp ? ['DHCP'] : []),
      ...addresses.map(({ address, prefix }) => `${address}/${prefix}`),
      ...routes.map(routeText),
      ...(mtu === undefined ? [] : [`MTU ${mtu}`]),
    ];
    return `${name}: ${settings.join(', ') || 'up'}`;
  });
  const rows = [
    ['name servers', dns.servers],
    ['search', dns.search],
  ] as const;
  return [
    ...lines,
    ...rows.flatMap(([what, list]) => (list.length > 0 ? [`${what}: ${list.join(', ')}`] : [])),
  ];
}

function routeText({ destination, prefix, gateway, metric }: RouteConfig): string {
  const to = prefix === 0 ? 'default' : `${destination}/${prefix}`;
  return `${to}${gateway ? ` via ${gateway}` : ''}${metric > 0 ? ` metric ${metric}` : ''}`;
}

/** `ssh-ed25519 AAAAC3Nz…0000 me@example`: enough to know a key by. */
function shortKey(line: string): string {
  return line.replace(/\b(AAAA[\w+/]{8})[\w+/]{12,}([\w+/]{4}=*)/, '$1…$2');
}
