import type { LogLine } from '../../lib/control/generated/control.ts';
import { visibleTime } from '../../lib/errors/visible-time.ts';
import { exactJson } from '../../lib/json/exact-json.ts';

/**
 * A line as memlogd writes it: a JSON object with `time` (RFC 3339), `source` and `msg`, and a newline. As in
 * LinuxKit, `web.out` is the standard output of web and `web` its standard error.
 * @param maxBytes of the message; the rest is cut off
 */
export function entryLine(
  { timeMs, source, stream, message }: Pick<LogLine, 'timeMs' | 'source' | 'stream' | 'message'>,
  maxBytes: number,
): string {
  const suffix = stream === 'stdout' ? '.out' : stream === 'kit' ? '.kit' : '';
  return `${exactJson({ time: visibleTime(timeMs), source: `${source}${suffix}`, msg: cut(message, maxBytes) })}\n`;
}

/** The first bytes of a text in UTF-8, without a part of a character at its end. */
function cut(text: string, maxBytes: number): string {
  if (text.length * 3 <= maxBytes) return text;
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text;
  let end = maxBytes;
  // Bytes after the first of a character are 10xxxxxx.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
}
