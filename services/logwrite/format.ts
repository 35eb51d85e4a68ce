import type { LogLine } from '../../lib/control/generated/control.ts';
import { visibleTime } from '../../lib/errors/visible-time.ts';

/**
 * LinuxKit's suffixes of streams: `web.out` is standard output of web, `web` its standard error. Lines that a
 * service has marked with a level have it there: `web.warning`. All lines of the kernel have one.
 */
function suffixOf(name: string, stream: string): string {
  if (name === 'kernel' && stream !== 'kit') return '';
  return stream === 'stderr' ? '' : `.${stream === 'stdout' ? 'out' : stream}`;
}

/**
 * Formats a line like LinuxKit, with milliseconds: `2026-01-01T00:00:00.123Z web.out hello`.
 * @param name the source's name from `safeFileName`
 */
export function formatLine(
  { timeMs, stream, message }: Pick<LogLine, 'timeMs' | 'stream' | 'message'>,
  name: string,
): string {
  const line = message.includes('\n') ? message.replaceAll('\n', ' ') : message;
  return `${visibleTime(timeMs)} ${name}${suffixOf(name, stream)} ${line}\n`;
}
