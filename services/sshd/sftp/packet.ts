import { MalformedPacket, u32 } from '../encoding.ts';

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
