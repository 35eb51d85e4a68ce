import type { Incident } from '../../../lib/control/generated/control.ts';
import { visible } from '../../../lib/errors/visible.ts';
import { visibleTime } from '../../../lib/errors/visible-time.ts';
import type { IncidentRow } from '../client/rows.ts';

export type { IncidentRow } from '../client/rows.ts';

/** @param bootId of the current boot */
export function incidentRow({ firstMs, lastMs, lines, ...rest }: Incident, bootId: string): IncidentRow {
  const plain = lines.map(({ timeMs, stream, message }) => ({ timeMs: Number(timeMs), stream, message }));
  const earlierBoot = rest.bootId !== bootId;
  return { ...rest, earlierBoot, firstMs: Number(firstMs), lastMs: Number(lastMs), lines: plain };
}

/** An incident as text for users: what, when, how often; then the stack, or the end of the service's log. */
export function incidentText(incident: Incident, bootId: string): string {
  const { service, what, firstMs, lastMs, count, stack, lines } = incident;
  const often = count === 1 ? '' : `, ${count} times since ${visibleTime(firstMs)}`;
  const when = incident.bootId === bootId ? '' : ' (in an earlier boot)';
  const shown = stack.length > 0 ? stack : lines.map(({ message }) => message);
  return [
    `${visibleTime(lastMs)}  ${visible(service)} ${visible(what)}${often}${when}`,
    ...shown.map((line) => `  ${visible(line)}`),
    '',
  ].join('\n');
}
