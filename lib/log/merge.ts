import type { LogReader, ReadLine } from './reader.ts';

export interface SourcedLine extends ReadLine {
  readonly source: string;
}

/** The last `count` lines; 0: all of them, without buffering. */
export function lastLines<T>(lines: Iterable<T>, count: number): Iterable<T> {
  if (count === 0) return lines;
  const kept: T[] = [];
  for (const line of lines) {
    kept.push(line);
    if (kept.length >= 2 * count) kept.splice(0, kept.length - count);
  }
  return kept.slice(-count);
}

/**
 * The lines that several readers have now, in order of time. Buffers a block of each. `segments`: their
 * current segments, by source.
 */
export function* mergeLogs(
  readers: ReadonlyMap<string, LogReader>,
  segments: ReadonlyMap<string, readonly number[]>,
): Generator<SourcedLine> {
  const heads = [...readers].map(
    ([source, reader]) => new Head(source, reader.read(segments.get(source) ?? [])),
  );
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
  readonly #lines: Iterator<ReadLine>;
  line: ReadLine | undefined;

  constructor(source: string, lines: Iterator<ReadLine>) {
    this.source = source;
    this.#lines = lines;
    this.advance();
  }

  advance(): void {
    const next = this.#lines.next();
    this.line = next.done ? undefined : next.value;
  }
}
