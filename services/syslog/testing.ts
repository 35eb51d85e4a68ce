import type { LogLine } from '../../lib/control/generated/control.ts';

export const logLine = (part: Partial<LogLine>): LogLine => ({
  timeMs: 1_767_225_600_123n,
  source: 'web',
  stream: 'stdout',
  message: '',
  pid: 0,
  sequence: 1n,
  missed: 0n,
  ...part,
});

/** The fields of a syslog message (RFC 5424 section 6). */
export interface ParsedMessage {
  readonly facility: number;
  readonly severity: number;
  readonly time: string;
  readonly host: string;
  readonly app: string;
  readonly pid: string;
  readonly id: string;
  readonly data: string;
  readonly text: string;
}

/** The grammar of RFC 5424 section 6. MSG is UTF-8 if it starts with a byte order mark, else ASCII. */
const grammar = new RegExp(
  [
    String.raw`^<(?<pri>0|[1-9]\d{0,2})>1`,
    String.raw`(?<time>-|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d))`,
    '(?<host>[!-~]{1,255})',
    '(?<app>[!-~]{1,48})',
    '(?<pid>[!-~]{1,128})',
    '(?<id>[!-~]{1,32})',
    String.raw`(?<data>-|(?:\[[^\]]*\])+)`,
    String.raw`(?<text>\ufeff[\s\S]*|[\0-\x7f]*)$`,
  ].join(' '),
);

/** Parses a message without its frame. @throws an error when it is invalid. */
export function parseMessage(bytes: Buffer): ParsedMessage {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  const found = grammar.exec(text)?.groups;
  if (!found) throw new Error(`no syslog message: ${JSON.stringify(text)}`);
  const priority = Number(found.pri);
  if (priority > 191) throw new Error(`no priority: ${priority}`);
  const { time = '', host = '', app = '', pid = '', id = '', data = '' } = found;
  const message = (found.text ?? '').replace(/^\ufeff/, '');
  return { facility: priority >> 3, severity: priority & 7, time, host, app, pid, id, data, text: message };
}

/** Splits a stream into the messages of its frames (RFC 6587 section 3.4.1); buffers an incomplete frame. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): Buffer[] {
    const messages: Buffer[] = [];
    let rest = Buffer.concat([this.#rest, chunk]);
    for (;;) {
      const head = /^([1-9]\d*) /.exec(rest.toString('latin1', 0, 12));
      if (!head?.[1]) break;
      const [start, end] = [head[0].length, head[0].length + Number(head[1])];
      if (rest.length < end) break;
      messages.push(rest.subarray(start, end));
      rest = rest.subarray(end);
    }
    if (rest.length > 0 && !/^[1-9]\d*(?: |$)/.test(rest.toString('latin1', 0, 12)))
      throw new Error('no frame');
    this.#rest = rest;
    return messages;
  }
}
