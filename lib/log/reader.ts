import { blockLines } from './block.ts';
import { BlockFile, blockHeads, openIfThere } from './blocks.ts';
import type { KeptLine } from './line.ts';
import { listSegments, segmentFile } from './segments.ts';

export interface ReadLine extends KeptLine {
  /** How many before it are lost that should have been read. */
  readonly missed: number;
}

/** Where reading begins: with the oldest line, or as these say. */
export interface LogStart {
  /** Behind the line of that number, which was read already. */
  readonly after?: number | undefined;
  /** With the last lines; 0: all. */
  readonly tail?: number;
  /** With the first line of that time, in milliseconds since the epoch. */
  readonly sinceMs?: number;
}

/**
 * Reads one source, and goes on where it stopped each time `read` is called. Holds one descriptor and a block, so that a
 * reader who is slow costs little, and loses what was dropped meanwhile.
 */
export class LogReader {
  readonly #folder: string;
  readonly #source: string;
  readonly #start: LogStart;
  /** The number of the next line. */
  #next: number | undefined;
  /** Whether a hole before `#next` is a loss: not where the beginning is whatever is left. */
  #counts: boolean;
  #sinceMs: number;
  /** The segment that is, or was last, read. */
  #segment = 0;
  #file: BlockFile | undefined;

  constructor(folder: string, source: string, start: LogStart = {}) {
    this.#folder = folder;
    this.#source = source;
    this.#start = start;
    this.#counts = start.after !== undefined;
    this.#sinceMs = start.sinceMs ?? 0;
  }

  /** The number of the last line that was read or passed over. */
  get position(): number {
    return (this.#next ?? 1) - 1;
  }

  /** Finds the beginning, which `read` does otherwise. */
  begin(segments: readonly number[] = this.#segments()): void {
    if (this.#next !== undefined) return;
    const oldest = segments[0];
    const { after, tail = 0 } = this.#start;
    if (after !== undefined) this.#next = after + 1;
    else if (oldest === undefined) return;
    else this.#next = tail === 0 ? oldest : Math.max(oldest, this.#end(segments) - tail);
    const next = this.#next;
    const holding = segments.findLast((first) => first <= next) ?? 0;
    // What `#open` takes next is the one behind this.
    this.#segment = holding - 1;
  }

  /** All lines that are there by now and were not read before. `segments`: of the source, as they are now. */
  *read(segments: readonly number[] = this.#segments()): Generator<ReadLine> {
    if (segments.length === 0) return;
    this.begin(segments);
    for (;;) {
      if (!this.#file && !this.#open(segments)) return;
      yield* this.#toEnd();
      if (!segments.some((first) => first > this.#segment)) return;
      this.close();
    }
  }

  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }

  *#toEnd(): Generator<ReadLine> {
    for (let block = this.#file?.next(); block; block = this.#file?.next()) {
      const { head, body } = block;
      const next = this.#next ?? head.n;
      if (head.n + head.lines <= next) continue;
      let missed = this.#counts ? Math.max(0, head.n - next) : 0;
      if (head.t < this.#sinceMs) {
        this.#next = head.n + head.lines;
        continue;
      }
      // From here on every line, whatever the clock does.
      this.#sinceMs = 0;
      this.#counts = true;
      for (const line of blockLines(head, body, Math.max(0, next - head.n))) {
        this.#next = line.n + 1;
        yield { ...line, missed };
        missed = 0;
      }
    }
  }

  /** The oldest segment behind the last one that is still there. */
  #open(segments: readonly number[]): boolean {
    for (const first of segments) {
      if (first <= this.#segment) continue;
      const fd = openIfThere(segmentFile(this.#folder, this.#source, first));
      if (fd === undefined) continue;
      this.#segment = first;
      this.#file = new BlockFile(fd);
      return true;
    }
    return false;
  }

  #segments(): readonly number[] {
    return listSegments(this.#folder).get(this.#source) ?? [];
  }

  /** The number that the next line to be written has. */
  #end(segments: readonly number[]): number {
    let end = segments.at(-1) ?? 1;
    for (const { n, lines } of blockHeads(segmentFile(this.#folder, this.#source, end))) end = n + lines;
    return end;
  }
}
