import { StringDecoder } from 'node:string_decoder';
import type { LogLine } from '../../lib/control/generated/control.ts';
import { cutMark } from '../../lib/log/splitter.ts';
import { priority } from './priority.ts';

export interface Style {
  readonly hostname: string;
  /** Number of the facility. */
  readonly facility: number;
  /** Bytes of a message; a longer one is cut. */
  readonly limit: number;
  /** The number that this message gets, for receivers that look for gaps; undefined: none. */
  readonly number?: number | undefined;
}

/**
 * A line as a syslog message (RFC 5424 section 6), without a frame:
 *
 *     <30>1 2026-01-01T00:00:00.123Z host web 417 stdout - listening on port 8080
 *     <PRI>VERSION TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA MSG
 *
 * A message beyond ASCII begins with a byte order mark, which says that it is UTF-8 (section 6.4).
 */
export function syslogMessage(line: LogLine, { hostname, facility, limit, number }: Style): Buffer {
  const { timeMs, source, stream, message, pid } = line;
  const words = [
    `<${priority(source, stream, facility)}>1`,
    timestamp(Number(timeMs)),
    headerWord(hostname, 255),
    headerWord(source, 48),
    pid === 0 ? nil : String(pid),
    headerWord(stream, 32),
    number === undefined ? nil : `[meta sequenceId="${sequenceId(number)}"]`,
    isAscii(message) ? message : `${byteOrderMark}${message}`,
  ];
  const bytes = Buffer.from(words.join(' '));
  return bytes.length <= limit ? bytes : cut(bytes, limit);
}

const nil = '-';
const byteOrderMark = '\ufeff';

/** Milliseconds since the epoch; a time that no calendar has is not sent. */
function timestamp(ms: number): string {
  const time = new Date(ms);
  const year = Number.isNaN(time.getTime()) ? -1 : time.getUTCFullYear();
  return year >= 0 && year <= 9999 ? time.toISOString() : nil;
}

/** PRINTUSASCII: `!` to `~`. */
function headerWord(text: string, limit: number): string {
  return text.replace(/[^!-~]/g, '_').slice(0, limit) || nil;
}

/** RFC 5424 section 7.3.1: from 1 to 2147483647, then 1 again. */
const sequenceId = (number: number): number => ((number - 1) % 0x7fff_ffff) + 1;

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

function cut(bytes: Buffer, limit: number): Buffer {
  // It holds back a character that is not whole.
  const head = new StringDecoder('utf8').write(bytes.subarray(0, limit - cutMark.length));
  return Buffer.from(`${head}${cutMark}`);
}
