import type { LogLine } from './line.ts';
import { LogReader } from './reader.ts';

export interface SourcedLine extends LogLine {
  readonly source: string;
}

/** The last `count` lines of what an iterator gives; 0: all of them, one by one. */
export function lastLines<T>(lines: Iterable<T>, count: number): Iterable<T> {
  if (count === 0) return lines;
  const kept: T[] = [];
  for (const line of lines) {
    kept.push(line);
    if (kept.length >= 2 * count) kept.splice(0, kept.length - count);
  }
  return kept.slice(-count);
}

/** What several readers have by now, in order of time; holds one line of each. */
export function* mergeLogs(readers: ReadonlyMap<string, LogReader>): Generator<SourcedLine> {
  const heads = [...readers].map(([source, reader]) => new Head(source, reader.read()));
  for (;;) {
    let first: Head | undefined;
    for (const head of heads) {
      if (head.line && (!first?.line || head.line.t < first.line.t)) first = head;
    }
    if (!first?.line) return;
    yield { source: first.source, ...first.line };
    first.advance();
  }
}

class Head {
  readonly source: string;
  readonly #lines: Iterator<LogLine>;
  line: LogLine | undefined;

  constructor(source: string, lines: Iterator<LogLine>) {
    this.source = source;
    this.#lines = lines;
    this.advance();
  }

  advance(): void {
    const next = this.#lines.next();
    this.line = next.done ? undefined : next.value;
  }
}

/** A reader for each source. */
export function openReaders(folder: string, sources: readonly string[]): Map<string, LogReader> {
  return new Map(sources.map((source) => [source, new LogReader(folder, source)]));
}
