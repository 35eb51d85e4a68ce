/** Data types of SSH (RFC 4251 section 5), all big endian. sftp and agents use the same ones. */

/** Thrown for a packet whose content does not match its type. */
export class MalformedPacket extends Error {
  override readonly name = 'MalformedPacket';
}

/** Reads a packet's fields in order. @throws MalformedPacket beyond its end. */
export class FieldReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  u8(): number {
    return this.#bytes.readUInt8(this.#take(1));
  }

  /** Any value but 0 is true. */
  flag(): boolean {
    return this.u8() !== 0;
  }

  u32(): number {
    return this.#bytes.readUInt32BE(this.#take(4));
  }

  u64n(): bigint {
    return this.#bytes.readBigUInt64BE(this.#take(8));
  }

  /** A size or an offset. @throws MalformedPacket above 2^53 - 1, which no file has. */
  u64(): number {
    const value = this.u64n();
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new MalformedPacket('number too large');
    return Number(value);
  }

  /** A view, not a copy. */
  bytes(): Buffer {
    const length = this.u32();
    const start = this.#take(length);
    return this.#bytes.subarray(start, start + length);
  }

  /** A number that is not negative, without the zero byte that marks it as such. */
  mpint(): Buffer {
    const number = this.bytes();
    if ((number[0] ?? 0) & 0x80) throw new MalformedPacket('a negative number');
    return number[0] === 0 ? number.subarray(1) : number;
  }

  text(): string {
    return this.bytes().toString('utf8');
  }

  /** A path as bytes. Refuses NUL, which would end the path early in the kernel. */
  path(): Buffer {
    const path = this.bytes();
    if (path.includes(0)) throw new MalformedPacket('path contains NUL');
    return path;
  }

  #take(count: number): number {
    if (count > this.left) throw new MalformedPacket('packet too short');
    this.#at += count;
    return this.#at - count;
  }
}

export function u32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function u64(value: number | bigint): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** A string field: u32 length, bytes. */
export function field(value: Buffer | string): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value;
  return Buffer.concat([u32(bytes.length), bytes]);
}
