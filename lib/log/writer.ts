import { closeSync, writevSync } from 'node:fs';
import { codeOf } from '../errors/errors.ts';
import { formatHead } from './block.ts';
import type { LogFolder } from './folder.ts';
import type { LogStream } from './line.ts';
import { LineSplitter, type Lines } from './splitter.ts';

/** Takes raw output: `push` each chunk, `end` when the stream has ended. */
export interface LogSink {
  push(chunk: Buffer): void;
  end(): void;
}

/** A line of another log, with its own time. `n` is at least `next`; a gap is lost lines. */
export interface DatedLine {
  readonly n: number;
  readonly t: number;
  readonly stream: LogStream;
  readonly text: string;
}

const chunkBytes = 64 << 10;

/**
 * Appends to the log of one source. Never throws: lines that cannot be written (no space) leave a gap in the
 * numbers. Writes are synchronous: the files are in memory, and a line can be read once `write` returns.
 */
export class LogWriter {
  readonly source: string;
  readonly folder: LogFolder;
  /** The pid of the container's first process, for lines written from now on; 0: none. */
  pid = 0;
  #next: number | undefined;
  #fd = -1;
  #size = 0;

  constructor(folder: LogFolder, source: string) {
    this.folder = folder;
    this.source = source;
  }

  /** The number of the next line. */
  get next(): number {
    this.#next ??= this.folder.nextNumber(this.source);
    return this.#next;
  }

  /** Each message becomes one line, or several if it has newlines. */
  write(stream: LogStream, messages: readonly string[]): void {
    const bytes = Buffer.from(messages.map((one) => `${one}\n`).join(''));
    const sink = this.sink(stream);
    for (let at = 0; at < bytes.length; at += chunkBytes) sink.push(bytes.subarray(at, at + chunkBytes));
  }

  /** Appends one block. */
  append(stream: LogStream, { pieces, count }: Lines): void {
    if (count === 0) return;
    const bytes = sizeOf(pieces);
    const pid = stream === 'kit' ? 0 : this.pid;
    const head = formatHead({ n: this.next, t: Date.now(), stream, pid, lines: count, bytes });
    this.#put([Buffer.from(head), ...pieces], this.next + count);
  }

  /** Appends lines, in the order of their numbers and none longer than `logLimits.line`. */
  appendDated(lines: readonly DatedLine[]): void {
    const last = lines.at(-1);
    if (!last) return;
    const texts = lines.map(({ n, t, stream, text }) => {
      const head = formatHead({ n, t, stream, pid: 0, lines: 1, bytes: Buffer.byteLength(text) + 1 });
      return `${head}${text}\n`;
    });
    this.#put([Buffer.from(texts.join(''))], last.n + 1);
  }

  /** `onLines` gets the lines as well; they are valid until it returns. */
  sink(stream: LogStream, onLines: (lines: Lines) => void = () => {}): LogSink {
    const splitter = new LineSplitter();
    const take = (lines: Lines): void => {
      this.append(stream, lines);
      onLines(lines);
    };
    return { push: (chunk) => take(splitter.push(chunk)), end: () => take(splitter.end()) };
  }

  close(): void {
    if (this.#fd !== -1) closeSync(this.#fd);
    this.#fd = -1;
  }

  /** Writes all parts, or leaves nothing that a reader would accept as a block. */
  #put(parts: readonly Buffer[], next: number): void {
    const bytes = sizeOf(parts);
    try {
      if (this.#fd === -1 || this.#size + bytes > this.folder.limits.segment) this.#begin();
      this.folder.grow(this.source, bytes);
      const written = writevSync(this.#fd, parts);
      this.#size += written;
      // A reader stops at the torn block and continues with the next segment.
      if (written < bytes) this.close();
    } catch {
      this.close();
    }
    this.#next = next;
  }

  #begin(): void {
    this.close();
    this.#size = 0;
    try {
      this.#fd = this.folder.begin(this.source, this.next);
    } catch (thrown) {
      if (codeOf(thrown) !== 'EEXIST') throw thrown;
      // Left by a writer that was killed while writing its first line.
      this.#fd = this.folder.begin(this.source, this.next + 1);
    }
  }
}

const sizeOf = (parts: readonly Buffer[]): number => parts.reduce((sum, { length }) => sum + length, 0);
