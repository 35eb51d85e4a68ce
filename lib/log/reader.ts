import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { type LogLine, logFile, parseLine } from './line.ts';

const chunkBytes = 64 * 1024;

/** The sources that have a log, in name order. */
export function logSources(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
    return names.map((name) => name.slice(0, -'.jsonl'.length)).sort();
  } catch {
    // Nobody has written a line yet.
    return [];
  }
}

/**
 * Reads one source from its oldest kept line on, and goes on where it stopped each time `read` is called, over
 * rotations too. Holds one descriptor and at most a chunk and a line of memory.
 */
export class LogReader {
  readonly #path: string;
  #fd = -1;
  #rest: Buffer = Buffer.alloc(0);

  constructor(folder: string, source: string) {
    this.#path = logFile(folder, source);
  }

  /** All lines that are there by now and were not read before. */
  *read(): Generator<LogLine> {
    if (this.#fd === -1 && !this.#open(`${this.#path}.1`) && !this.#open(this.#path)) return;
    for (;;) {
      yield* this.#toEnd();
      const next = this.#successor();
      if (next === undefined) return;
      // Between the end we saw and the rotation, something may have been written.
      yield* this.#toEnd();
      this.close();
      if (!this.#open(next)) return;
    }
  }

  close(): void {
    if (this.#fd !== -1) closeSync(this.#fd);
    this.#fd = -1;
    this.#rest = Buffer.alloc(0);
  }

  *#toEnd(): Generator<LogLine> {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    for (let got = readSync(this.#fd, chunk); got > 0; got = readSync(this.#fd, chunk)) {
      const text = Buffer.concat([this.#rest, chunk.subarray(0, got)]);
      const end = text.lastIndexOf(0x0a) + 1;
      this.#rest = Buffer.from(text.subarray(end));
      for (const one of text.toString('utf8', 0, end).split('\n')) {
        const line = one === '' ? undefined : parseLine(one);
        if (line) yield line;
      }
    }
  }

  /** The file to read after this one: undefined while this one is the newest. */
  #successor(): string | undefined {
    const mine = fstatSync(this.#fd).ino;
    const newest = inodeOf(this.#path);
    if (newest === undefined || newest === mine) return undefined;
    // Rotated twice since: the file between is the old one now.
    const old = inodeOf(`${this.#path}.1`);
    return old === undefined || old === mine ? this.#path : `${this.#path}.1`;
  }

  #open(path: string): boolean {
    try {
      this.#fd = openSync(path, 'r');
      return true;
    } catch {
      return false;
    }
  }
}

function inodeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino;
}
