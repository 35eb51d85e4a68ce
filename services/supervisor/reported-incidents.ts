import type { Incident as Reported } from '../../lib/control/generated/control.ts';
import type { Incidents } from './incidents.ts';

/** The kept incidents of a service, or of all, as the control protocol shows them. */
export function reportedIncidents(incidents: Incidents, service: string): Reported[] {
  return (service === '' ? incidents.names() : [service]).flatMap((name) =>
    incidents.of(name).map(({ what, firstMs, lastMs, count, lines, stack }) => ({
      ...{ service: name, what, firstMs: BigInt(firstMs), lastMs: BigInt(lastMs), count, stack: [...stack] },
      lines: lines.map(({ t, stream, msg }) => ({ timeMs: BigInt(t), source: name, stream, message: msg })),
    })),
  );
}
