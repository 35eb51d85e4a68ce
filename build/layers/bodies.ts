import { closeSync, openSync, readSync } from 'node:fs';
import { expanded, type TarEntry } from '../../lib/archive/tar.ts';
import { codeOf, KitError } from '../../lib/errors/errors.ts';
import type { IndexedEntry } from './layer-entries.ts';

const pieceBytes = 1 << 20;

/** Reads the bodies of indexed entries from their archives, in any order; each archive is opened once. */
export class Bodies implements Disposable {
  readonly #open = new Map<string, number>();

  /** The entry with its body, which can be read until this object is disposed of. */
  entry(indexed: IndexedEntry): TarEntry {
    const { file: _file, offset: _offset, segments: _segments, ...entry } = indexed;
    return { ...entry, body: entry.size === 0 ? [] : this.#body(indexed) };
  }

  bytes(indexed: IndexedEntry): Buffer {
    return Buffer.concat([...this.#body(indexed)]);
  }

  [Symbol.dispose](): void {
    for (const descriptor of this.#open.values()) closeSync(descriptor);
    this.#open.clear();
  }

  #body(indexed: IndexedEntry): Generator<Buffer> {
    const { size, segments, offset } = indexed;
    if (!segments) return this.#pieces(indexed, offset, size);
    let stored = offset;
    return expanded(size, segments, (bytes) => {
      stored += bytes;
      return this.#pieces(indexed, stored - bytes, bytes);
    });
  }

  *#pieces({ file, path }: IndexedEntry, offset: number, size: number): Generator<Buffer> {
    if (size === 0) return;
    const descriptor = this.#descriptor(file);
    for (let at = 0; at < size; ) {
      const piece = Buffer.allocUnsafe(Math.min(size - at, pieceBytes));
      // Most bodies are small and in the page cache, where a synchronous read takes less time than a promise.
      const count = readSync(descriptor, piece, 0, piece.length, offset + at);
      if (count === 0)
        throw new KitError(`Cannot read "${path}" in "${file}": the archive is shorter than it was`);
      at += count;
      yield piece.subarray(0, count);
    }
  }

  #descriptor(file: string): number {
    const known = this.#open.get(file);
    if (known !== undefined) return known;
    try {
      const opened = openSync(file, 'r');
      this.#open.set(file, opened);
      return opened;
    } catch (thrown) {
      throw new KitError(`Cannot read "${file}": ${codeOf(thrown) ?? thrown}`, { cause: thrown });
    }
  }
}
