/** Takes exact counts of bytes out of a stream that arrives in pieces of any length. */
export class ByteSource {
  private readonly pieces: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;
  private rest: Buffer = Buffer.alloc(0);
  private taken = 0;

  constructor(stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    this.pieces = Symbol.asyncIterator in stream ? stream[Symbol.asyncIterator]() : stream[Symbol.iterator]();
  }

  /** Exactly `count` bytes, or fewer at the end of the stream. */
  async take(count: number): Promise<Buffer> {
    if (this.rest.length >= count) return this.cut(count);
    const taken: Buffer[] = [];
    for await (const piece of this.stream(count)) taken.push(piece);
    return Buffer.concat(taken);
  }

  /** Exactly `count` bytes in the pieces they came in, or fewer at the end of the stream. */
  async *stream(count: number): AsyncGenerator<Buffer> {
    for (let left = count; left > 0; ) {
      if (this.rest.length === 0 && !(await this.refill())) return;
      const piece = this.cut(left);
      left -= piece.length;
      yield piece;
    }
  }

  /** How many bytes of the stream were taken. */
  get position(): number {
    return this.taken;
  }

  /** Lets the stream go: a file behind it is closed. */
  async close(): Promise<void> {
    await this.pieces.return?.();
  }

  private cut(count: number): Buffer {
    const piece = this.rest.subarray(0, count);
    this.rest = this.rest.subarray(piece.length);
    this.taken += piece.length;
    return piece;
  }

  private async refill(): Promise<boolean> {
    while (this.rest.length === 0) {
      const next = await this.pieces.next();
      if (next.done) return false;
      this.rest = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    }
    return true;
  }
}
