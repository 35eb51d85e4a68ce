import type { Incident as IncidentMessage } from '../../../lib/control/generated/control.ts';
import type { Incidents } from '../incidents/incidents.ts';
import { logLineMessage } from '../logs/read-logs.ts';

/** The incidents of a service, or of all services for the empty name, as messages of the control protocol. */
export function reportedIncidents(incidents: Incidents, service: string): IncidentMessage[] {
  // The client's name is only compared, never used as a file name: it could be a path.
  const names = incidents.names().filter((name) => service === '' || name === service);
  return names.flatMap((name) =>
    incidents.of(name).map(({ what, firstMs, lastMs, count, lines, stack, boot }) => ({
      ...{ service: name, bootId: boot, what, count, stack: [...stack] },
      ...{ firstMs: BigInt(firstMs), lastMs: BigInt(lastMs) },
      lines: lines.map((line) => logLineMessage({ ...line, source: name, pid: 0, n: 0, missed: 0 })),
    })),
  );
}
