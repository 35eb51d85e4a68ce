/**
 * The lines by which the probe of `kit audit` reports from inside a machine, through the log of its service:
 * one JSON object for each attack, and one at the end.
 */
export interface ProbeResult {
  /** `core-pattern`: the promise that was attacked (build/audit/promises.ts). */
  readonly id: string;
  /**
   * succeeded: the promise does not hold. unknown: the attack itself failed. untried: there is nothing to
   * attack.
   */
  readonly outcome: 'refused' | 'succeeded' | 'unknown' | 'untried';
  /**
   * What the kernel said, what the attack reached, or why it was not tried: `EPERM`,
   * `wrote /proc/sys/kernel/core_pattern`.
   */
  readonly detail: string;
}

/** The last line, after which nothing follows. */
export const probeEnd = 'end';

/** Longer details are cut: the log has a limit for lines of its own. */
const maxDetail = 500;
/** Longer lines are not the probe's. */
const maxLine = 4096;

export function formatProbeLine({ id, outcome, detail }: ProbeResult): string {
  return JSON.stringify({ audit: id, outcome, detail: detail.slice(0, maxDetail) });
}

/** Undefined for a line that the probe did not write, such as a message of Node. */
export function parseProbeLine(line: string): ProbeResult | undefined {
  if (line.length > maxLine || !line.startsWith('{"audit":')) return undefined;
  try {
    const { audit, outcome, detail } = JSON.parse(line) as Readonly<Record<string, unknown>>;
    const isText = typeof audit === 'string' && typeof detail === 'string';
    return isText && isOutcome(outcome) ? { id: audit, outcome, detail } : undefined;
  } catch {
    return undefined;
  }
}

const isOutcome = (value: unknown): value is ProbeResult['outcome'] =>
  value === 'refused' || value === 'succeeded' || value === 'unknown' || value === 'untried';
