import { closeSync, openSync, readSync } from 'node:fs';
import { type BlockHead, blockLimits, parseHead } from './block.ts';

const newline = 0x0a;
/** Bytes of one read. Small, since most services write little. */
const readBytes = 16 << 10;

/** The heads of the complete blocks of a segment; none when the segment is gone. */
export function* blockHeads(path: string): Generator<BlockHead> {
  const fd = openIfThere(path);
  if (fd === undefined) return;
  const file = new BlockFile(fd);
  try {
    for (let block = file.next(); block; block = file.next()) yield block.head;
  } finally {
    file.close();
  }
}

export interface Block {
  readonly head: BlockHead;
  /** Valid until the next block is read. */
  readonly body: Buffer;
}

/**
 * Reads a segment block by block while it grows. Owns the descriptor. Buffers one block and one read at most.
 */
export class BlockFile {
  readonly #fd: number;
  #rest: Buffer = Buffer.alloc(0);

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** Undefined: no further complete block yet, or a damaged one. */
  next(): Block | undefined {
    const end = this.#find(blockLimits.head, (rest) => rest.indexOf(newline) + 1);
    if (end === 0 || end > blockLimits.head) return undefined;
    const head = parseHead(this.#rest.toString('utf8', 0, end - 1));
    if (!head) return undefined;
    const whole = end + head.bytes;
    if (this.#find(whole, (rest) => (rest.length >= whole ? whole : 0)) === 0) return undefined;
    const body = this.#rest.subarray(end, whole);
    this.#rest = this.#rest.subarray(whole);
    return { head, body };
  }

  close(): void {
    closeSync(this.#fd);
    this.#rest = Buffer.alloc(0);
  }

  /** The result of `find` on the buffer; reads until it is above 0 or there are `most` bytes. 0: none. */
  #find(most: number, find: (rest: Buffer) => number): number {
    for (;;) {
      const found = find(this.#rest);
      if (found > 0 || this.#rest.length >= most) return found;
      const more = Buffer.allocUnsafe(Math.max(readBytes, most - this.#rest.length));
      const got = readSync(this.#fd, more);
      if (got === 0) return 0;
      this.#rest =
        this.#rest.length === 0 ? more.subarray(0, got) : Buffer.concat([this.#rest, more.subarray(0, got)]);
    }
  }
}

export function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, 'r');
  } catch {
    return undefined;
  }
}
