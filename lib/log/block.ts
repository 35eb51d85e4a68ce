/**
 * A segment of a log is a sequence of blocks: a head, which is a line of JSON, then the lines as the program
 * wrote them. This avoids work for each line of a fast writer, and `cat` shows the lines.
 *
 *   {"n":1,"t":1767225600123,"stream":"stdout","pid":412,"lines":2,"bytes":26}
 *   hello
 *   listening on port 80
 */
import { levels, markedLine } from './level.ts';
import type { KeptLine, LogStream } from './line.ts';

export interface BlockHead {
  /** The number of the first line. */
  readonly n: number;
  readonly t: number;
  readonly stream: LogStream;
  readonly pid: number;
  readonly lines: number;
  /** Of all lines, with their newlines. */
  readonly bytes: number;
}

/** A longer head or a larger block is invalid. */
export const blockLimits = { head: 256, bytes: 1 << 20 } as const;

export function formatHead({ n, t, stream, pid, lines, bytes }: BlockHead): string {
  return `{"n":${n},"t":${t},"stream":"${stream}","pid":${pid},"lines":${lines},"bytes":${bytes}}\n`;
}

/** Parses a head without its newline; undefined if it was torn by a crash or is invalid. */
export function parseHead(text: string): BlockHead | undefined {
  try {
    const head = JSON.parse(text) as BlockHead;
    const numbers = [head.n, head.t, head.pid, head.lines, head.bytes];
    if (!numbers.every((one) => Number.isSafeInteger(one) && one >= 0)) return undefined;
    return streams.has(head.stream) && head.bytes <= blockLimits.bytes ? head : undefined;
  } catch {
    return undefined;
  }
}

const streams: ReadonlySet<string> = new Set(['stdout', 'stderr', 'kit', ...levels]);

/**
 * The lines of a block after the first `skip`, decoded: invalid UTF-8 becomes U+FFFD. The stream of a line
 * that a program has marked with a level is that level.
 */
export function* blockLines(head: BlockHead, body: Buffer, skip: number): Generator<KeptLine> {
  const { t, stream, pid } = head;
  const isOutput = stream === 'stdout' || stream === 'stderr';
  const texts = textLines(body);
  for (let at = skip; at < texts.length; at += 1) {
    const msg = texts[at] ?? '';
    const marked = isOutput ? markedLine(msg) : undefined;
    yield { n: head.n + at, t, stream: marked?.level ?? stream, pid, msg: marked?.text ?? msg };
  }
}

/** Lines without their ends: a newline, or carriage return and newline. */
export function textLines(body: Buffer): string[] {
  const texts = body.toString('utf8').split('\n');
  texts.pop();
  return texts.map((text) => (text.endsWith('\r') ? text.slice(0, -1) : text));
}
