import type { LogLine } from '../../lib/control/generated/control.ts';

/** LinuxKit's names of the streams: `web.out` is what web wrote to standard output, `web` what it wrote to standard error. */
const suffixes: ReadonlyMap<string, string> = new Map([
  ['stdout', '.out'],
  ['kit', '.kit'],
]);

/**
 * LinuxKit's line of a log file, with milliseconds: `2026-01-01T00:00:00.123Z web.out hello`.
 * @param name of the source, as `plainName` gives it
 */
export function formatLine(
  { timeMs, stream, message }: Pick<LogLine, 'timeMs' | 'stream' | 'message'>,
  name: string,
): string {
  const line = message.includes('\n') ? message.replaceAll('\n', ' ') : message;
  return `${isoTime(Number(timeMs))} ${name}${suffixes.get(stream) ?? ''} ${line}\n`;
}

let last = { ms: Number.NaN, text: '' };

/** Thousands of lines have the same time. A time that no calendar has is the epoch's. */
function isoTime(ms: number): string {
  if (ms !== last.ms) last = { ms, text: new Date(Math.abs(ms) <= 8.64e15 ? ms : 0).toISOString() };
  return last.text;
}
