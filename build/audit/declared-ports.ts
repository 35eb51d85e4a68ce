import type { FirewallConfig, OpenPorts } from '../../lib/bundle/network.ts';
import type { ImagePlan } from '../image/plan/image-plan.ts';
import type { AuditedEntry } from '../promises/audited-entry.ts';
import { servicePorts } from '../spec/firewall.ts';

/** The ports that an image says are open: those of `ports`, of `ready`, and of `control.listen`. */
export function declaredPorts(
  entries: readonly AuditedEntry[],
  plan: Pick<ImagePlan, 'manifest'> | undefined,
): FirewallConfig {
  const control = controlPortOf(plan);
  const listed = plan ? servicePorts(plan.manifest) : [];
  return {
    open: [...listed, ...[...entries.flatMap(readinessPorts), control].flatMap(tcpPort)],
  };
}

/** The port of the control service over TLS; undefined: none, or it is not known. */
export function controlPortOf(plan: Pick<ImagePlan, 'manifest'> | undefined): number | undefined {
  const listen = plan?.manifest.control?.value.listen;
  const port = listen === undefined ? undefined : /(\d+)$/.exec(String(listen))?.[1];
  return port === undefined ? undefined : Number(port);
}

function readinessPorts({ runtime }: AuditedEntry): (number | undefined)[] {
  const { tcp, http } = runtime.kit.ready ?? {};
  return [tcp, http?.port];
}

const tcpPort = (port: number | undefined): OpenPorts[] =>
  port === undefined ? [] : [{ protocol: 'tcp', first: port, last: port }];
