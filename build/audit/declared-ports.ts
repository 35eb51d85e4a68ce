import type { FirewallConfig, OpenPorts } from '../../lib/bundle/network.ts';
import { dhcpv6Ports } from '../../lib/net/dhcp-ports.ts';
import type { ImagePlan } from '../image/plan/image-plan.ts';
import type { AuditedEntry } from '../promises/audited-entry.ts';
import { servicePorts } from '../spec/firewall.ts';
import type { ImageSettings } from './image/image-settings.ts';

/** Open while pkg/dhcp awaits an answer, which it takes from the port of servers alone. */
const dhcpv6Client: OpenPorts = { protocol: 'udp', first: dhcpv6Ports.client, last: dhcpv6Ports.client };

/**
 * The ports that an image says are open: those of `ports`, of `ready`, and of `control.listen`; and the
 * one of DHCPv6. An image without its manifest knows `ports` if it has a firewall.
 */
export function declaredPorts(
  entries: readonly AuditedEntry[],
  plan: Pick<ImagePlan, 'manifest'> | undefined,
  { control, firewall }: ImageSettings,
): FirewallConfig {
  const listed = plan ? servicePorts(plan.manifest) : (firewall?.open ?? []);
  return {
    open: [dhcpv6Client, ...listed, ...[...entries.flatMap(readinessPorts), control?.port].flatMap(tcpPort)],
  };
}

function readinessPorts({ runtime }: AuditedEntry): (number | undefined)[] {
  const { tcp, http } = runtime.kit.ready ?? {};
  return [tcp, http?.port];
}

const tcpPort = (port: number | undefined): OpenPorts[] =>
  port === undefined ? [] : [{ protocol: 'tcp', first: port, last: port }];
