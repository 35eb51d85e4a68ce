import { mkdirSync, openSync, rmSync, statSync } from 'node:fs';
import { blockHeads } from './blocks.ts';
import { logLimits } from './line.ts';
import { listSegments, segmentFile } from './segments.ts';

export interface LogLimits {
  readonly total: number;
  readonly source: number;
  readonly segment: number;
}

/** A segment's first line, and its bytes. */
interface Segment {
  readonly first: number;
  bytes: number;
}

/** Milliseconds: how old what we know of the segments of other processes may be. */
const lookAgain = 1000;

/**
 * The folder of all logs, and how much is in it. Before something is written the oldest segments of its source go if it
 * has its share, and then of whoever has most: one that writes fast never drives out what others said.
 */
export class LogFolder {
  readonly path: string;
  readonly limits: LogLimits;
  #sources = new Map<string, Segment[]>();
  #bytes = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;

  constructor(path: string, limits: LogLimits = logLimits) {
    this.path = path;
    this.limits = limits;
  }

  /** The number of the next line of a source that this process has not written to. */
  nextNumber(source: string): number {
    const first = listSegments(this.path).get(source)?.at(-1);
    if (first === undefined) return 1;
    let next = first;
    for (const { n, lines } of blockHeads(segmentFile(this.path, source, first))) next = n + lines;
    return next;
  }

  /** A descriptor of a new segment. @throws the system's error; EEXIST: one of that number is there, perhaps torn. */
  begin(source: string, first: number): number {
    this.#look();
    mkdirSync(this.path, { recursive: true });
    const fd = openSync(segmentFile(this.path, source, first), 'ax', 0o640);
    this.#segments(source).push({ first, bytes: 0 });
    return fd;
  }

  /** Makes room for so many bytes in the newest segment of a source, and counts them. */
  grow(source: string, bytes: number): void {
    const own = this.#segments(source);
    const newest = own.at(-1);
    if (newest) newest.bytes += bytes;
    this.#bytes += bytes;
    while (own.length > 1 && sum(own) > this.limits.source) this.#dropOldest(source);
    while (this.#bytes > this.limits.total) {
      const largest = this.#largest(source);
      if (largest === undefined) return;
      this.#dropOldest(largest);
    }
  }

  #segments(source: string): Segment[] {
    const known = this.#sources.get(source) ?? [];
    this.#sources.set(source, known);
    return known;
  }

  /** Of those that have a segment to give; of several alike the one that is about to write. */
  #largest(source: string): string | undefined {
    const rows = [...this.#sources].filter(([, segments]) => segments.length > 1);
    const most = Math.max(...rows.map(([, segments]) => sum(segments)));
    const largest = rows.filter(([, segments]) => sum(segments) === most).map(([name]) => name);
    return largest.includes(source) ? source : largest[0];
  }

  #dropOldest(source: string): void {
    const dropped = this.#segments(source).shift();
    if (!dropped) return;
    this.#bytes -= dropped.bytes;
    rmSync(segmentFile(this.path, source, dropped.first), { force: true });
  }

  #look(): void {
    const now = performance.now();
    if (now - this.#lookedAt < lookAgain) return;
    this.#lookedAt = now;
    const sized = [...listSegments(this.path)].map(([source, firsts]) => {
      const segments = firsts.map((first) => ({
        first,
        bytes: sizeOf(segmentFile(this.path, source, first)),
      }));
      return [source, segments] as const;
    });
    this.#sources = new Map(sized);
    this.#bytes = sum(sized.flatMap(([, segments]) => segments));
  }
}

const sum = (segments: readonly Segment[]): number => segments.reduce((all, { bytes }) => all + bytes, 0);

/** 0: another process has just dropped it. */
const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
