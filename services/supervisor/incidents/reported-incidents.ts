import type { Incident as Reported } from '../../../lib/control/generated/control.ts';
import { wireLine } from '../logs/logs.ts';
import type { Incidents } from './incidents.ts';

/** The kept incidents of a service, or of all, as the control protocol shows them. */
export function reportedIncidents(incidents: Incidents, service: string): Reported[] {
  // Not asked for by the name that came: it could be a path.
  const names = incidents.names().filter((name) => service === '' || name === service);
  return names.flatMap((name) =>
    incidents.of(name).map(({ what, firstMs, lastMs, count, lines, stack, boot }) => ({
      ...{
        service: name,
        bootId: boot,
        what,
        firstMs: BigInt(firstMs),
        lastMs: BigInt(lastMs),
        count,
        stack: [...stack],
      },
      lines: lines.map((line) => wireLine({ ...line, source: name, pid: 0, n: 0, missed: 0 })),
    })),
  );
}
