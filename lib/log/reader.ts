import { blockLines } from './block.ts';
import { BlockFile, blockHeads, openIfThere } from './blocks.ts';
import type { KeptLine } from './line.ts';
import { listSegments, segmentFile } from './segments.ts';

export interface ReadLine extends KeptLine {
  /** The number of lost lines before it. */
  readonly missed: number;
}

/** Where reading starts. Without any: at the oldest line. */
export interface LogStart {
  /** After the line of this number, which was read already. */
  readonly after?: number | undefined;
  /** At the last lines, this many; 0: all. */
  readonly tail?: number;
  /** At the first line of this time, in milliseconds since the epoch. */
  readonly sinceMs?: number;
}

/**
 * Reads one source; each call of `read` continues after the previous one. Holds one descriptor and one block,
 * so a slow reader costs little, and misses the lines of segments deleted meanwhile.
 */
export class LogReader {
  readonly #folder: string;
  readonly #source: string;
  readonly #start: LogStart;
  /** The number of the next line. */
  #next: number | undefined;
  /** Whether a gap before `#next` counts as lost lines: not at a start with the oldest line. */
  #counts: boolean;
  #sinceMs: number;
  /** The segment that is being read, or was read last. */
  #segment = 0;
  #file: BlockFile | undefined;

  constructor(folder: string, source: string, start: LogStart = {}) {
    this.#folder = folder;
    this.#source = source;
    this.#start = start;
    this.#counts = start.after !== undefined;
    this.#sinceMs = start.sinceMs ?? 0;
  }

  /** The number of the last line that was read or skipped. */
  get position(): number {
    return (this.#next ?? 1) - 1;
  }

  /** Fixes where reading starts; otherwise the first `read` does. */
  begin(segments: readonly number[] = this.#segments()): void {
    if (this.#next !== undefined) return;
    const oldest = segments[0];
    const { after, tail = 0 } = this.#start;
    if (after !== undefined) this.#next = after + 1;
    else if (oldest === undefined) return;
    else this.#next = tail === 0 ? oldest : Math.max(oldest, this.#end(segments) - tail);
    const next = this.#next;
    const holding = segments.findLast((first) => first <= next) ?? 0;
    // `#open` takes the next segment after this number.
    this.#segment = holding - 1;
  }

  /** All lines not read before. `segments`: the current segments of the source. */
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
      // From here on all lines, even if the clock is set back.
      this.#sinceMs = 0;
      this.#counts = true;
      for (const line of blockLines(head, body, Math.max(0, next - head.n))) {
        this.#next = line.n + 1;
        yield { ...line, missed };
        missed = 0;
      }
    }
  }

  /** Opens the oldest existing segment after the last one read. */
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

  /** The number that the next line written will have. */
  #end(segments: readonly number[]): number {
    let end = segments.at(-1) ?? 1;
    for (const { n, lines } of blockHeads(segmentFile(this.#folder, this.#source, end))) end = n + lines;
    return end;
  }
}
