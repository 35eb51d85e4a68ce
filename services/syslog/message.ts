import { StringDecoder } from 'node:string_decoder';
import type { LogLine } from '../../lib/control/generated/control.ts';
import { auditAction, auditSource } from '../../lib/log/audit.ts';
import { cutMark } from '../../lib/log/splitter.ts';
import { priority } from './priority.ts';

export interface MessageOptions {
  readonly hostname: string;
  /** Number of the facility. */
  readonly facility: number;
  /** Maximum bytes of a message; a longer one is truncated. */
  readonly limit: number;
  /** Number of the message, from 1, with which receivers detect gaps; undefined: none is sent. */
  readonly sequence?: number | undefined;
}

/**
 * Encodes a line as a syslog message (RFC 5424 section 6), without a frame:
 *
 *     <30>1 2026-01-01T00:00:00.123Z host web 417 stdout - listening on port 8080
 *     <PRI>VERSION TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA MSG
 *
 * Text that is not ASCII starts with a byte order mark, which marks it as UTF-8 (section 6.4).
 */
export function syslogMessage(
  line: LogLine,
  { hostname, facility, limit, sequence }: MessageOptions,
): Buffer {
  const { timeMs, source, stream, message, pid } = line;
  const fields = [
    `<${priority(source, stream, facility)}>1`,
    timestamp(Number(timeMs)),
    headerField(hostname, 255),
    headerField(source, 48),
    pid === 0 ? nil : String(pid),
    headerField(messageId(line), 32),
    sequence === undefined ? nil : `[meta sequenceId="${sequenceId(sequence)}"]`,
    isAscii(message) ? message : `${byteOrderMark}${message}`,
  ];
  const bytes = Buffer.from(fields.join(' '));
  return bytes.length <= limit ? bytes : cut(bytes, limit);
}

const nil = '-';
const byteOrderMark = '\ufeff';

/** The stream; of the audit trail the action, such as `exec`, which receivers can filter by. */
function messageId({ source, stream, message }: LogLine): string {
  return (source === auditSource && auditAction(message)) || stream;
}

/** `ms` since the epoch. A time outside the years 0 to 9999 is sent as nil. */
function timestamp(ms: number): string {
  const time = new Date(ms);
  const year = Number.isNaN(time.getTime()) ? -1 : time.getUTCFullYear();
  return year >= 0 && year <= 9999 ? time.toISOString() : nil;
}

/** PRINTUSASCII: `!` to `~`. */
function headerField(text: string, limit: number): string {
  return text.replace(/[^!-~]/g, '_').slice(0, limit) || nil;
}

/** RFC 5424 section 7.3.1: from 1 to 2147483647, then 1 again. */
const sequenceId = (sequence: number): number => ((sequence - 1) % 0x7fff_ffff) + 1;

const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

function cut(bytes: Buffer, limit: number): Buffer {
  // StringDecoder leaves out an incomplete character at the end.
  const head = new StringDecoder('utf8').write(bytes.subarray(0, limit - cutMark.length));
  return Buffer.from(`${head}${cutMark}`);
}
