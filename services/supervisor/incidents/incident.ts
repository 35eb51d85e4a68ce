import type { LogLine } from '../../../lib/log/line.ts';

/** A record of a failure, or of several alike, with what is needed to find its cause later. */
export interface Incident {
  /** `ended: exit status 1`, `cannot start: …` */
  readonly what: string;
  /** Of the first and of the last of these failures. Milliseconds since the epoch. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** How many failures alike, in a row. */
  readonly count: number;
  /** The last lines of the service's log before the last failure. */
  readonly lines: readonly LogLine[];
  /** For a Node program: the error and its stack, by source lines. Empty: none was found. */
  readonly stack: readonly string[];
  /** The boot id of the machine (lib/linux `bootId`). */
  readonly boot: string;
}

/** Incidents of a service, lines and stack frames of an incident, characters of a line. */
export const incidentLimits = { incidents: 10, lines: 50, characters: 500, frames: 20 } as const;

/**
 * The incidents with a new failure, oldest first. A failure like the last one of the same boot is counted
 * there, so that a crash loop does not push out other incidents.
 */
export function withIncident(
  known: readonly Incident[],
  { what, nowMs, boot }: { readonly what: string; readonly nowMs: number; readonly boot: string },
  lines: readonly LogLine[],
): Incident[] {
  const lastLines = lines.slice(-incidentLimits.lines).map(shortened);
  const last = known.at(-1);
  const same = last?.what === what && last.boot === boot ? last : undefined;
  const next: Incident = {
    what,
    firstMs: same?.firstMs ?? nowMs,
    lastMs: nowMs,
    count: (same?.count ?? 0) + 1,
    lines: lastLines,
    stack: stackOf(lastLines),
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
/**
 * Node's first line of an uncaught error: `TypeError: x`, `Error [ERR_X]: x`, `AssertionError
 * [ERR_ASSERTION]: x`.
 */
const errorHead = /^(?:Uncaught )?[A-Z][\w.]*(?: \[\w+\])?(?::|$)/;

/**
 * An error message may have this many lines before its first frame; earlier lines belong to something else.
 */
const maxMessageLines = 5;

/** The last stack trace on standard error. Node has already mapped it to source lines. */
export function stackOf(lines: readonly LogLine[]): string[] {
  const texts = lines.flatMap(({ stream, msg }) => (stream === 'stderr' ? [msg] : []));
  const lastFrame = texts.findLastIndex((text) => frame.test(text));
  if (lastFrame === -1) return [];
  let first = lastFrame;
  while (first > 0 && frame.test(texts[first - 1] ?? '')) first -= 1;
  const earliest = Math.max(0, first - maxMessageLines);
  const head = texts.slice(earliest, first).findLastIndex((text) => errorHead.test(text));
  const from = head === -1 ? Math.max(0, first - 1) : earliest + head;
  return texts.slice(from, Math.min(lastFrame + 1, from + incidentLimits.frames));
}
