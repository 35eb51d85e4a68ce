import type { KeptLine, LogLine } from '../../../lib/log/line.ts';

/** A record of a failure, or of several identical ones in a row, with information to find its cause later. */
export interface Incident {
  /** `ended: exit status 1`, `cannot start: …` */
  readonly what: string;
  /** Times of the first and the last of these failures, in milliseconds since the epoch. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** Number of identical failures in a row. */
  readonly count: number;
  /** The last lines that the run logged which ended in the last failure. */
  readonly lines: readonly LogLine[];
  /** For a Node program: the error and its stack, mapped to source lines. Empty if none was found. */
  readonly stack: readonly string[];
  /** The boot id of the machine (lib/linux `bootId`). */
  readonly boot: string;
}

/** Maximum incidents of a service, lines and stack frames of an incident, and characters of a line. */
export const incidentLimits = { incidents: 10, lines: 50, characters: 500, frames: 20 } as const;

/**
 * Adds a failure to the incidents, oldest first. If it is identical to the last one of the same boot, only
 * that one's count increases, so that a crash loop does not push out other incidents.
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
    stack: endedByItself.test(what) ? stackOf(lastLines) : [],
    boot,
  };
  return [...(same ? known.slice(0, -1) : known), next].slice(-incidentLimits.incidents);
}

/**
 * Only a program that exits by itself prints a stack as its last words. A killed one (by the kernel for lack
 * of memory, by a signal) may have logged the stack of an error that it had handled.
 */
const endedByItself = /^(?:ended: )?(?:exit status|ended while containerd)/;

/**
 * The lines of one run, out of the end of a service's log: those since the first that has the run's pid.
 * Earlier lines are those of other runs, whose stacks would be taken for the cause of this failure.
 * @param pid undefined: all lines are of one run; 0: the run had no process, and so no lines
 */
export function linesOfRun(lines: readonly KeptLine[], pid: number | undefined): LogLine[] {
  const first = pid === undefined ? 0 : pid === 0 ? -1 : lines.findIndex((line) => line.pid === pid);
  return first === -1 ? [] : lines.slice(first).map(({ t, stream, msg }) => ({ t, stream, msg }));
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

/** Maximum lines of an error message before its first frame; earlier lines do not belong to the error. */
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
