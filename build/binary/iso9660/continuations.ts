import { blockBytes, blocksOf } from './numbers.ts';
import { continuation, continuationBytes } from './rock-ridge.ts';

/** A record's own fields, as its system use area holds them once it is known where the rest goes. */
export type SystemUse = (firstBlock: number) => Buffer;

/**
 * The area for fields that their records have no room for (SUSP 5.1). A piece of it lies within one block, or Linux
 * does not read it; where it is not enough, it ends with the place of the next.
 */
export class Continuations {
  private readonly pieces: { readonly at: number; readonly bytes: (firstBlock: number) => Buffer }[] = [];
  private used = 0;

  /** @param room bytes of the record that are left for the fields */
  place(fields: readonly Buffer[], room: number): SystemUse {
    const whole = Buffer.concat(fields);
    if (whole.length <= room) return () => whole;
    const here = taken(fields, room - continuationBytes);
    const next = this.add(fields.slice(here.count));
    return (firstBlock) => Buffer.concat([here.bytes, next(firstBlock)]);
  }

  get blocks(): number {
    return blocksOf(this.used);
  }

  /** The area from its first block on. */
  bytes(firstBlock: number): Buffer {
    const area = Buffer.alloc(this.blocks * blockBytes);
    for (const piece of this.pieces) piece.bytes(firstBlock).copy(area, piece.at);
    return area;
  }

  /** Puts the fields into the area, and gives the field that leads to them. */
  private add(fields: readonly Buffer[]): SystemUse {
    const whole = Buffer.concat(fields);
    if (whole.length <= blockBytes) return this.piece(whole.length, () => whole);
    const here = taken(fields, blockBytes - continuationBytes);
    const next = this.add(fields.slice(here.count));
    return this.piece(here.bytes.length + continuationBytes, (first) =>
      Buffer.concat([here.bytes, next(first)]),
    );
  }

  private piece(length: number, bytes: (firstBlock: number) => Buffer): SystemUse {
    const left = blockBytes - (this.used % blockBytes);
    const at = length <= left ? this.used : this.used + left;
    this.used = at + length;
    this.pieces.push({ at, bytes });
    return (firstBlock) => continuation(firstBlock + Math.floor(at / blockBytes), at % blockBytes, length);
  }
}

/** As many of the first fields as there is room for. */
function taken(fields: readonly Buffer[], room: number): { readonly count: number; readonly bytes: Buffer } {
  let bytes = 0;
  const end = fields.findIndex(({ length }) => {
    bytes += length;
    return bytes > room;
  });
  const count = end < 0 ? fields.length : end;
  return { count, bytes: Buffer.concat(fields.slice(0, count)) };
}
