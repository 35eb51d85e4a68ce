/**
 * SFTP version 3 (draft-ietf-secsh-filexfer-02): packets are `u32 length, u8 type, u32 id, …`, all big
 * endian.
 */

export const requestTypes = {
  init: 1,
  open: 3,
  close: 4,
  read: 5,
  write: 6,
  lstat: 7,
  fstat: 8,
  setstat: 9,
  fsetstat: 10,
  opendir: 11,
  readdir: 12,
  remove: 13,
  mkdir: 14,
  rmdir: 15,
  realpath: 16,
  stat: 17,
  rename: 18,
  readlink: 19,
  symlink: 20,
  extended: 200,
} as const;

export const replyTypes = {
  version: 2,
  status: 101,
  handle: 102,
  data: 103,
  name: 104,
  attrs: 105,
  extended: 201,
} as const;

export const statusCodes = {
  ok: 0,
  eof: 1,
  noSuchFile: 2,
  permissionDenied: 3,
  failure: 4,
  badMessage: 5,
  unsupported: 8,
} as const;

/** OpenSSH's limit. */
export const maxPacketBytes = 256 * 1024;

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

  u32(): number {
    return this.#bytes.readUInt32BE(this.#take(4));
  }

  /** A size or an offset. @throws MalformedPacket above 2^53 - 1, which no file has. */
  u64(): number {
    const value = this.#bytes.readBigUInt64BE(this.#take(8));
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new MalformedPacket('number too large');
    return Number(value);
  }

  /** A view, not a copy. */
  bytes(): Buffer {
    const length = this.u32();
    const start = this.#take(length);
    return this.#bytes.subarray(start, start + length);
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

/** A complete packet. */
export function packet(type: number, ...parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 1);
  return Buffer.concat([u32(length), Buffer.of(type), ...parts]);
}

/** Splits a byte stream into packets, without their length; buffers less than one packet between calls. */
export class PacketSplitter {
  #buffered: Buffer[] = [];
  #bufferedBytes = 0;
  /** Bytes needed for the next packet, or for its length. */
  #needed = 4;

  push(chunk: Buffer): Buffer[] {
    this.#buffered.push(chunk);
    this.#bufferedBytes += chunk.length;
    if (this.#bufferedBytes < this.#needed) return [];
    const packets: Buffer[] = [];
    let rest = this.#buffered.length === 1 ? chunk : Buffer.concat(this.#buffered);
    for (let size = packetSize(rest); rest.length >= size; size = packetSize(rest)) {
      packets.push(rest.subarray(4, size));
      rest = rest.subarray(size);
    }
    [this.#buffered, this.#bufferedBytes, this.#needed] = [[rest], rest.length, packetSize(rest)];
    return packets;
  }
}

/** Size of the first packet, its length field included; a lower bound while that field is incomplete. */
function packetSize(bytes: Buffer): number {
  if (bytes.length < 4) return 4 + 1;
  const length = bytes.readUInt32BE(0);
  if (length === 0 || length > maxPacketBytes) throw new MalformedPacket(`packet of ${length} bytes`);
  return 4 + length;
}
