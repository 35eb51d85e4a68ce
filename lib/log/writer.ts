import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { formatLine, type LogStream, logFile, logLimits } from './line.ts';
import { LineSplitter } from './splitter.ts';

/**
 * Appends to the log of one source, and never throws: what cannot be written (no space) is counted, and the number is
 * the next line that can. Writes are synchronous: the files lie in memory, and a line is there once `write` returns.
 */
export class LogWriter {
  readonly path: string;
  readonly #limit: number;
  #fd = -1;
  #size = 0;
  #lost = 0;

  constructor(folder: string, source: string, limit: number = logLimits.file) {
    this.path = logFile(folder, source);
    this.#limit = limit;
  }

  write(stream: LogStream, messages: readonly string[]): void {
    if (messages.length === 0) return;
    const t = Date.now();
    if (this.#lost > 0 && this.#append(formatLine({ t, stream: 'kit', msg: `${this.#lost} lines lost` }))) {
      this.#lost = 0;
    }
    for (const text of batches(
      messages.map((msg) => formatLine({ t, stream, msg })),
      this.#limit / 4,
    )) {
      if (!this.#append(text.join(''))) this.#lost += text.length;
    }
  }

  /** A sink for raw output: `push` each chunk, `end` when the stream has ended. `hear` gets the lines as well. */
  sink(
    stream: LogStream,
    hear: (lines: readonly string[]) => void = () => {},
  ): { push(chunk: Buffer): void; end(): void } {
    const splitter = new LineSplitter();
    const take = (lines: readonly string[]): void => {
      this.write(stream, lines);
      hear(lines);
    };
    return { push: (chunk) => take(splitter.push(chunk)), end: () => take(splitter.end()) };
  }

  close(): void {
    if (this.#fd !== -1) closeSync(this.#fd);
    this.#fd = -1;
  }

  #append(text: string): boolean {
    try {
      this.#open();
      const bytes = Buffer.from(text);
      if (this.#size > 0 && this.#size + bytes.length > this.#limit) this.#rotate();
      const written = writeSync(this.#fd, bytes);
      if (written < bytes.length) {
        ftruncateSync(this.#fd, this.#size);
        return false;
      }
      this.#size += written;
      return true;
    } catch {
      return false;
    }
  }

  #open(): void {
    if (this.#fd !== -1) return;
    mkdirSync(dirname(this.path), { recursive: true });
    this.#fd = openSync(this.path, 'a+', 0o640);
    this.#size = fstatSync(this.#fd).size;
    if (endsTorn(this.#fd, this.#size)) this.#size += writeSync(this.#fd, '\n');
  }

  #rotate(): void {
    this.close();
    renameSync(this.path, `${this.path}.1`);
    this.#open();
  }
}

/** A writer that was killed in the middle of a line leaves no newline; ours must not be joined to it. */
function endsTorn(fd: number, size: number): boolean {
  if (size === 0) return false;
  const last = Buffer.alloc(1);
  readSync(fd, last, 0, 1, size - 1);
  return last[0] !== 0x0a;
}

/** Groups of at least one line and about `bytes` characters: one write each, and rotation between them. */
function* batches(lines: readonly string[], bytes: number): Generator<string[]> {
  let batch: string[] = [];
  let held = 0;
  for (const line of lines) {
    if (held > 0 && held + line.length > bytes) {
      yield batch;
      [batch, held] = [[], 0];
    }
    batch.push(line);
    held += line.length;
  }
  if (batch.length > 0) yield batch;
}
