import type { LogLine } from '../../../lib/log/line.ts';

/** What is kept of a failure, so that a person can find out why after it is long over. */
export interface Incident {
  /** `ended: exit status 1`, `cannot start: …` */
  readonly what: string;
  /** Milliseconds since the epoch; of several that were alike, of the first and of the last. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** How often in a row. */
  readonly count: number;
  /** The last lines of its log before the last of them. */
  readonly lines: readonly LogLine[];
  /** Of a Node program: the error and where it was thrown, by the lines of its source. Empty: none was found. */
  readonly stack: readonly string[];
  /** The machine's boot, as `bootId` tells it. */
  readonly boot: string;
}

/** How much is kept: of a service, of an incident, of a line. */
export const incidentLimits = { incidents: 10, lines: 50, characters: 500, frames: 20 } as const;

/**
 * The incidents with a new one, oldest first: one that is like the last of the same boot joins it, so that a crash loop
 * fills nothing.
 */
export function withIncident(
  known: readonly Incident[],
  { what, nowMs, boot }: { readonly what: string; readonly nowMs: number; readonly boot: string },
  lines: readonly LogLine[],
): Incident[] {
  const kept = lines.slice(-incidentLimits.lines).map(shortened);
  const last = known.at(-1);
  const same = last?.what === what && last.boot === boot ? last : undefined;
  const next: Incident = {
    what,
    firstMs: same?.firstMs ?? nowMs,
    lastMs: nowMs,
    count: (same?.count ?? 0) + 1,
    lines: kept,
    stack: stackOf(kept),
    boot,
  };
  return [...(same ? known.slice(0, -1) : known), next].slice(-incidentLimits.incidents);
}

function shortened(line: LogLine): LogLine {
  const { msg } = line;
  return msg.length > incidentLimits.characters
    ? { ...line, msg: `${msg.slice(0, incidentLimits.characters)}…` }
    : line;
}

const frame = /^\s+at \S/;
/** Node's first line of an uncaught error: `TypeError: x`, `Error [ERR_X]: x`, `AssertionError [ERR_ASSERTION]: x`. */
const thrown = /^(?:Uncaught )?[A-Z][\w.]*(?: \[\w+\])?(?::|$)/;

/** The last stack trace on standard error. Node has already put the lines of the source in it. */
export function stackOf(lines: readonly LogLine[]): string[] {
  const texts = lines.flatMap(({ stream, msg }) => (stream === 'stderr' ? [msg] : []));
  const lastFrame = texts.findLastIndex((text) => frame.test(text));
  if (lastFrame === -1) return [];
  let first = lastFrame;
  while (first > 0 && frame.test(texts[first - 1] ?? '')) first -= 1;
  // A message may have several lines; further up than this it is somebody else's.
  const head = texts.slice(Math.max(0, first - 5), first).findLastIndex((text) => thrown.test(text));
  const from = head === -1 ? Math.max(0, first - 1) : Math.max(0, first - 5) + head;
  return texts.slice(from, Math.min(lastFrame + 1, from + incidentLimits.frames));
}
