import type { FirewallConfig, OpenPorts } from '../../lib/bundle/network.ts';
import type { ImagePlan } from '../image/plan/image-plan.ts';
import type { AuditedEntry } from '../promises/audited-entry.ts';
import { servicePorts } from '../spec/firewall.ts';
import type { ImageSettings } from './image/image-settings.ts';

/**
 * The ports that an image says are open: those of `ports`, of `ready`, and of `control.listen`. An image
 * without its manifest knows `ports` if it has a firewall.
 */
export function declaredPorts(
  entries: readonly AuditedEntry[],
  plan: Pick<ImagePlan, 'manifest'> | undefined,
  { control, firewall }: ImageSettings,
): FirewallConfig {
  const listed = plan ? servicePorts(plan.manifest) : (firewall?.open ?? []);
  return { open: [...listed, ...[...entries.flatMap(readinessPorts), control?.port].flatMap(tcpPort)] };
}

function readinessPorts({ runtime }: AuditedEntry): (number | undefined)[] {
  const { tcp, http } = runtime.kit.ready ?? {};
  return [tcp, http?.port];
}

const tcpPort = (port: number | undefined): OpenPorts[] =>
  port === undefined ? [] : [{ protocol: 'tcp', first: port, last: port }];
