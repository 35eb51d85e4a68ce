/** Reads exact counts of bytes from a stream of pieces of any length. */
export class ByteSource {
  readonly #pieces: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);
  #taken = 0;

  constructor(stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    this.#pieces =
      Symbol.asyncIterator in stream ? stream[Symbol.asyncIterator]() : stream[Symbol.iterator]();
  }

  /** Exactly `count` bytes, or fewer at the end of the stream. */
  async take(count: number): Promise<Buffer> {
    if (this.#rest.length >= count) return this.#cut(count);
    const taken: Buffer[] = [];
    for await (const piece of this.stream(count)) taken.push(piece);
    return Buffer.concat(taken);
  }

  /** Exactly `count` bytes in pieces as they arrive, or fewer at the end of the stream. */
  async *stream(count: number): AsyncGenerator<Buffer> {
    for (let left = count; left > 0; ) {
      if (this.#rest.length === 0 && !(await this.#refill())) return;
      const piece = this.#cut(left);
      left -= piece.length;
      yield piece;
    }
  }

  /** As `take`, but the bytes are read again. */
  async peek(count: number): Promise<Buffer> {
    const taken = Buffer.from(await this.take(count));
    this.#rest = this.#rest.length === 0 ? taken : Buffer.concat([taken, this.#rest]);
    this.#taken -= taken.length;
    return taken;
  }

  /** How many bytes have been read. */
  get position(): number {
    return this.#taken;
  }

  /** Ends the stream, which closes a file behind it. */
  async close(): Promise<void> {
    await this.#pieces.return?.();
  }

  #cut(count: number): Buffer {
    const piece = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(piece.length);
    this.#taken += piece.length;
    return piece;
  }

  async #refill(): Promise<boolean> {
    while (this.#rest.length === 0) {
      const next = await this.#pieces.next();
      if (next.done) return false;
      this.#rest = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    }
    return true;
  }
}
