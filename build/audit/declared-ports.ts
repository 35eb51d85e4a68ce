import type { ImagePlan } from '../image/plan/image-plan.ts';
import type { AuditedEntry } from '../promises/audited-entry.ts';

/** The ports that an image says are open, as the probe writes them: `tcp:22`. */
export function declaredPorts(entries: readonly AuditedEntry[], plan: ImagePlan | undefined): Set<string> {
  const control = controlPortOf(plan);
  return new Set([...entries.flatMap(portsOf), ...(control === undefined ? [] : [`tcp:${control}`])]);
}

/** The port of the control service over TLS; undefined: none, or it is not known. */
export function controlPortOf(plan: ImagePlan | undefined): number | undefined {
  const listen = plan?.manifest.control?.value.listen;
  const port = listen === undefined ? undefined : /(\d+)$/.exec(String(listen))?.[1];
  return port === undefined ? undefined : Number(port);
}

function portsOf({ runtime }: AuditedEntry): string[] {
  const { tcp, http } = runtime.kit.ready ?? {};
  return [tcp, http?.port].flatMap((port) => (port === undefined ? [] : [`tcp:${port}`]));
}
