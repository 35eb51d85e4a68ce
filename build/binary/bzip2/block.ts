import type { Bits } from './bits.ts';
import { Huffman, readLengths } from './huffman.ts';

/** A block, up to the transformation that sorts it. */
export interface Block {
  /** The last column of the sorted rotations. */
  readonly sorted: Uint8Array;
  /** The row that the block begins with. */
  readonly origin: number;
}

/** Symbols after which another table may be used. */
const groupSymbols = 50;

/**
 * A block behind its checksum: one bit (of versions before 0.9.5), 24 of the origin, then a table of the
 * bytes that occur, the Huffman tables, which of them each group of 50 symbols uses, and the symbols. They
 * are places in a list of recently used bytes; two of them, digits of base 2, tell how often the first is
 * repeated.
 * @param limit the most bytes it may have @throws RangeError
 */
export function readBlock(bits: Bits, limit: number): Block {
  if (bits.take(1) === 1) throw new RangeError('it was made by a version before 0.9.5');
  const origin = bits.take(24);
  const recent = usedBytes(bits);
  const tableCount = bits.take(3);
  const selectors = readSelectors(bits, tableCount);
  const symbols = recent.length + 2;
  const tables = Array.from({ length: tableCount }, () => new Huffman(readLengths(bits, symbols)));
  const sorted = new Uint8Array(limit);
  const end = symbols - 1;
  let [size, repeat, digit] = [0, 0, 1];
  for (const selector of selectors) {
    const table = tables[selector] as Huffman;
    for (let left = groupSymbols; left > 0; left -= 1) {
      const symbol = table.read(bits);
      if (symbol <= 1) {
        repeat += digit << symbol;
        digit <<= 1;
        if (repeat > limit) throw new RangeError('it is damaged');
        continue;
      }
      if (size + repeat > limit) throw new RangeError('it is damaged');
      sorted.fill(recent[0] ?? 0, size, size + repeat);
      size += repeat;
      [repeat, digit] = [0, 1];
      if (symbol === end) return checked({ sorted: sorted.subarray(0, size), origin });
      if (size === limit) throw new RangeError('it is damaged');
      const byte = recent[symbol - 1] ?? 0;
      recent.copyWithin(1, 0, symbol - 1);
      recent[0] = byte;
      sorted[size] = byte;
      size += 1;
    }
  }
  throw new RangeError('it is damaged');
}

function checked(block: Block): Block {
  if (block.origin < block.sorted.length) return block;
  throw new RangeError('it is damaged');
}

/** 16 bits say which of 16 ranges of bytes occur, 16 more of each which bytes of it. */
function usedBytes(bits: Bits): Uint8Array {
  const ranges = bits.take(16);
  const used: number[] = [];
  for (let range = 0; range < 16; range += 1) {
    if (!(ranges & (0x8000 >> range))) continue;
    const map = bits.take(16);
    for (let bit = 0; bit < 16; bit += 1) if (map & (0x8000 >> bit)) used.push(range * 16 + bit);
  }
  if (used.length === 0) throw new RangeError('it is damaged');
  return Uint8Array.from(used);
}

/** The number of a table for each group, told as its place in a list of recently used ones. */
function readSelectors(bits: Bits, tables: number): number[] {
  const count = bits.take(15);
  if (tables < 2 || tables > 6 || count === 0) throw new RangeError('it is damaged');
  const recent = Array.from({ length: tables }, (_, at) => at);
  return Array.from({ length: count }, () => {
    let place = 0;
    while (bits.take(1) === 1) place += 1;
    const [table] = recent.splice(place, 1);
    if (table === undefined) throw new RangeError('it is damaged');
    recent.unshift(table);
    return table;
  });
}
