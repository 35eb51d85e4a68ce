import type { ImagePlan } from '../image/plan/image-plan.ts';
import type { AuditedEntry } from '../promises/audited-entry.ts';

/** The ports that an image says are open, as the probe writes them: `tcp:22`. */
export function declaredPorts(entries: readonly AuditedEntry[], plan: ImagePlan | undefined): Set<string> {
  const control = plan?.manifest.control?.value.listen;
  const port = control === undefined ? undefined : /(\d+)$/.exec(String(control))?.[1];
  return new Set([...entries.flatMap(portsOf), ...(port === undefined ? [] : [`tcp:${port}`])]);
}

function portsOf({ runtime }: AuditedEntry): string[] {
  const { tcp, http } = runtime.kit.ready ?? {};
  return [tcp, http?.port].flatMap((port) => (port === undefined ? [] : [`tcp:${port}`]));
}
