import type { Bits } from './bits.ts';

/** The longest code that a decoder must take. */
const longest = 20;
/** Codes of up to this length are looked up, since most are short. */
const shortBits = 10;

/** A canonical Huffman code: codes of one length are numbers in a row, in the order of their symbols. */
export class Huffman {
  /** By length: the last code of that length, or -1, and what to subtract for a place in `#symbols`. */
  readonly #last = new Int32Array(longest + 1).fill(-1);
  readonly #offset = new Int32Array(longest + 1);
  readonly #symbols: Uint16Array;
  /** By the next bits: a symbol and its length, as symbol * 32 + length, or 0. */
  readonly #short = new Uint16Array(1 << shortBits);

  /** @param lengths of the codes of the symbols */
  constructor(lengths: readonly number[]) {
    const symbols: number[] = [];
    let code = 0;
    for (let length = 1; length <= longest; length += 1) {
      this.#offset[length] = code - symbols.length;
      for (const [symbol, own] of lengths.entries()) {
        if (own !== length) continue;
        const from = code << (shortBits - length);
        if (length <= shortBits)
          this.#short.fill(symbol * 32 + length, from, from + (1 << (shortBits - length)));
        symbols.push(symbol);
        code += 1;
      }
      this.#last[length] = code - 1;
      code <<= 1;
    }
    this.#symbols = Uint16Array.from(symbols);
  }

  /** @throws RangeError for a code that no symbol has */
  read(bits: Bits): number {
    const window = bits.peek(longest);
    const short = this.#short[window >>> (longest - shortBits)] ?? 0;
    if (short !== 0) {
      bits.skip(short & 31);
      return short >>> 5;
    }
    for (let length = shortBits + 1; length <= longest; length += 1) {
      const code = window >>> (longest - length);
      if (code > (this.#last[length] ?? -1)) continue;
      const symbol = this.#symbols[code - (this.#offset[length] ?? 0)];
      if (symbol === undefined) break;
      bits.skip(length);
      return symbol;
    }
    throw new RangeError('it is damaged');
  }
}

/** The lengths of a code, each told as its difference from the one before. @throws RangeError */
export function readLengths(bits: Bits, symbols: number): number[] {
  let length = bits.take(5);
  return Array.from({ length: symbols }, () => {
    while (bits.take(1) === 1) length += bits.take(1) === 1 ? -1 : 1;
    if (length < 1 || length > longest) throw new RangeError('it is damaged');
    return length;
  });
}
