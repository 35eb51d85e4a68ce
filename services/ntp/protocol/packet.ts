/** Why bytes are no packet of NTP; also whatever a server sends that cannot be used. */
export class PacketRejected extends Error {
  override readonly name = 'PacketRejected';
}

/** The header of a packet (RFC 5905, section 7.3). */
export interface Packet {
  /** 0 none, 1 the last minute of the day has 61 seconds, 2 it has 59, 3 the sender is not synchronised. */
  readonly leap: number;
  readonly version: number;
  /** 3 client, 4 server. */
  readonly mode: number;
  /** 0 is a kiss-o'-death, 16 not synchronised. */
  readonly stratum: number;
  /** log2 of seconds. */
  readonly poll: number;
  /** log2 of seconds. */
  readonly precision: number;
  /** Seconds. */
  readonly rootDelay: number;
  /** Seconds. */
  readonly rootDispersion: number;
  /** What the sender follows: four letters for stratum 0 and 1, else an address or a part of a hash. */
  readonly reference: Buffer;
  readonly referenceTime: bigint;
  readonly origin: bigint;
  readonly receive: bigint;
  readonly transmit: bigint;
}

export const headerBytes = 48;

/** Of packets that are read; those of NTS have extension fields, of 1,300 bytes at most here. */
export const mostBytes = 2048;

/**
 * Reads a packet; what follows its header is the caller's:
 *
 *      0  2 bits leap, 3 version, 3 mode | u8 stratum | i8 poll | i8 precision
 *      4  u32 root delay | u32 root dispersion (16.16) | 4 bytes reference
 *     16  u64 reference time | u64 origin | u64 receive | u64 transmit
 *
 * @throws PacketRejected
 */
export function decodePacket(bytes: Buffer): Packet {
  if (bytes.length < headerBytes) throw new PacketRejected(`${bytes.length} bytes are no packet`);
  if (bytes.length > mostBytes) throw new PacketRejected(`${bytes.length} bytes are too many`);
  const first = bytes.readUInt8(0);
  return {
    leap: first >> 6,
    version: (first >> 3) & 7,
    mode: first & 7,
    stratum: bytes.readUInt8(1),
    poll: bytes.readInt8(2),
    precision: bytes.readInt8(3),
    rootDelay: bytes.readUInt32BE(4) / 65_536,
    rootDispersion: bytes.readUInt32BE(8) / 65_536,
    reference: Buffer.from(bytes.subarray(12, 16)),
    referenceTime: bytes.readBigUInt64BE(16),
    origin: bytes.readBigUInt64BE(24),
    receive: bytes.readBigUInt64BE(32),
    transmit: bytes.readBigUInt64BE(40),
  };
}

/**
 * A client's request. It tells nothing about the client: the transmit timestamp is a random number, which the
 * server returns as the origin, and all that servers do not need is empty (RFC 8633, section 5.4;
 * draft-ietf-ntp-data-minimization).
 */
export function encodeRequest(nonce: bigint): Buffer {
  const bytes = Buffer.alloc(headerBytes);
  // Version 4, mode 3; a precision of 2^32 seconds is what that draft suggests for "not said".
  bytes.writeUInt8((4 << 3) | 3, 0);
  bytes.writeUInt8(0x20, 3);
  bytes.writeBigUInt64BE(nonce, 40);
  return bytes;
}
