import { openSync, rmSync, statSync } from 'node:fs';
import { makeFolder } from '../files/make-folder.ts';
import { blockHeads } from './blocks.ts';
import { logLimits } from './line.ts';
import { listSegments, segmentFile } from './segments.ts';

export interface LogLimits {
  readonly total: number;
  readonly source: number;
  readonly segment: number;
}

/** A segment: the number of its first line, and its size. */
interface Segment {
  readonly first: number;
  bytes: number;
}

/** Milliseconds. The folder is listed again after this time, to see the segments of other processes. */
const refreshMs = 1000;

/**
 * The folder of all logs, and their sizes. Before a write, the oldest segments of its source are deleted
 * while it exceeds the limit for a source, then those of the largest source: a fast writer does not displace
 * the lines of others.
 */
export class LogFolder {
  readonly path: string;
  readonly limits: LogLimits;
  #sources = new Map<string, Segment[]>();
  #bytes = 0;
  #refreshedAt = Number.NEGATIVE_INFINITY;

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

  /**
   * Creates a segment; returns its descriptor.
   * @throws the system's error; EEXIST: there is one of that number, perhaps torn.
   */
  begin(source: string, first: number): number {
    this.#refresh();
    makeFolder(this.path);
    const fd = openSync(segmentFile(this.path, source, first), 'ax', 0o640);
    this.#segments(source).push({ first, bytes: 0 });
    return fd;
  }

  /** Adds to the size of a source's newest segment, and deletes old segments to make room. */
  grow(source: string, bytes: number): void {
    const own = this.#segments(source);
    const newest = own.at(-1);
    if (newest) newest.bytes += bytes;
    this.#bytes += bytes;
    while (own.length > 1 && sum(own) > this.limits.source) this.#deleteOldest(source);
    while (this.#bytes > this.limits.total) {
      const largest = this.#largest(source);
      if (largest === undefined) return;
      this.#deleteOldest(largest);
    }
  }

  #segments(source: string): Segment[] {
    const known = this.#sources.get(source) ?? [];
    this.#sources.set(source, known);
    return known;
  }

  /** The largest source with more than one segment; of equally large ones preferably `source`. */
  #largest(source: string): string | undefined {
    const rows = [...this.#sources].filter(([, segments]) => segments.length > 1);
    const most = Math.max(...rows.map(([, segments]) => sum(segments)));
    const largest = rows.filter(([, segments]) => sum(segments) === most).map(([name]) => name);
    return largest.includes(source) ? source : largest[0];
  }

  #deleteOldest(source: string): void {
    const deleted = this.#segments(source).shift();
    if (!deleted) return;
    this.#bytes -= deleted.bytes;
    rmSync(segmentFile(this.path, source, deleted.first), { force: true });
  }

  #refresh(): void {
    const now = performance.now();
    if (now - this.#refreshedAt < refreshMs) return;
    this.#refreshedAt = now;
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

/** 0: another process has just deleted it. */
const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
