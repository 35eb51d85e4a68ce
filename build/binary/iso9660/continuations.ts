import { blockBytes } from '../../../lib/volumes/iso9660-descriptor.ts';
import { blockCount } from './numbers.ts';
import { continuation, continuationBytes } from './rock-ridge.ts';

/** The fields in a record's system use area, given the first block of the continuation area. */
export type SystemUse = (firstBlock: number) => Buffer;

/**
 * The continuation area: fields that their records have no room for (SUSP 5.1). Each part lies within one
 * block, since Linux reads no other; a part that is too small ends with a CE field that points to the next.
 */
export class Continuations {
  readonly #parts: { readonly at: number; readonly bytes: (firstBlock: number) => Buffer }[] = [];
  #used = 0;

  /** @param room bytes that are left for the fields in their record */
  place(fields: readonly Buffer[], room: number): SystemUse {
    const whole = Buffer.concat(fields);
    if (whole.length <= room) return () => whole;
    const here = taken(fields, room - continuationBytes);
    const next = this.#add(fields.slice(here.count));
    return (firstBlock) => Buffer.concat([here.bytes, next(firstBlock)]);
  }

  get blocks(): number {
    return blockCount(this.#used);
  }

  /** The whole area, which begins at this block. */
  bytes(firstBlock: number): Buffer {
    const area = Buffer.alloc(this.blocks * blockBytes);
    for (const part of this.#parts) part.bytes(firstBlock).copy(area, part.at);
    return area;
  }

  /** Puts the fields into the area, and returns the CE field that points to them. */
  #add(fields: readonly Buffer[]): SystemUse {
    const whole = Buffer.concat(fields);
    if (whole.length <= blockBytes) return this.#part(whole.length, () => whole);
    const here = taken(fields, blockBytes - continuationBytes);
    const next = this.#add(fields.slice(here.count));
    return this.#part(here.bytes.length + continuationBytes, (first) =>
      Buffer.concat([here.bytes, next(first)]),
    );
  }

  #part(length: number, bytes: (firstBlock: number) => Buffer): SystemUse {
    const left = blockBytes - (this.#used % blockBytes);
    const at = length <= left ? this.#used : this.#used + left;
    this.#used = at + length;
    this.#parts.push({ at, bytes });
    return (firstBlock) => continuation(firstBlock + Math.floor(at / blockBytes), at % blockBytes, length);
  }
}

/** As many of the first fields as fit. */
function taken(fields: readonly Buffer[], room: number): { readonly count: number; readonly bytes: Buffer } {
  let bytes = 0;
  const end = fields.findIndex(({ length }) => {
    bytes += length;
    return bytes > room;
  });
  const count = end < 0 ? fields.length : end;
  return { count, bytes: Buffer.concat(fields.slice(0, count)) };
}
