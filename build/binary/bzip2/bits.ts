/** Reads bits of bytes that are all there, the highest of each byte first. */
export class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;
  /** The lowest `#count` bits are still to be read. */
  #held = 0;
  #count = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** A number of up to 24 bits. @throws RangeError at the end of the bytes */
  take(width: number): number {
    const value = this.peek(width);
    this.skip(width);
    return value;
  }

  /** As `take`, but the bits are read again; behind the end of the bytes are zeros. */
  peek(width: number): number {
    while (this.#count < width) {
      this.#held = (this.#held << 8) | (this.#bytes[this.#at] ?? 0);
      this.#at += 1;
      this.#count += 8;
    }
    return (this.#held >>> (this.#count - width)) & ((1 << width) - 1);
  }

  /** Passes over bits that were peeked at. @throws RangeError at the end of the bytes */
  skip(width: number): void {
    this.#count -= width;
    if (this.#at > this.#bytes.length && this.position > this.#bytes.length * 8)
      throw new RangeError('it ends early');
  }

  /** How many bits have been read. */
  get position(): number {
    return this.#at * 8 - this.#count;
  }
}
