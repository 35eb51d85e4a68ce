import { blockBytes } from '../../../lib/volumes/iso9660-descriptor.ts';

/** The number of blocks for this many bytes. */
export const blockCount = (bytes: number): number => Math.ceil(bytes / blockBytes);

/** ECMA-119 7.2.3: the number in little-endian, then in big-endian order. */
export function both16(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16LE(value, 0);
  bytes.writeUInt16BE(value, 2);
  return bytes;
}

/** ECMA-119 7.3.3: the same with 32 bits. */
export function both32(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(value, 0);
  bytes.writeUInt32BE(value, 4);
  return bytes;
}

/** ECMA-119 9.1.5: years since 1900, month, day, hour, minute, second, offset from GMT. */
export function recordingDate(seconds: number): Buffer {
  const [first, last] = [Date.UTC(1900, 0), Date.UTC(2155, 11, 31, 23, 59, 59)];
  const date = new Date(Math.min(Math.max(seconds * 1000, first), last));
  const day = [date.getUTCFullYear() - 1900, date.getUTCMonth() + 1, date.getUTCDate()];
  return Buffer.from([...day, date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds(), 0]);
}

/** ECMA-119 8.4.26.1: 16 digits down to hundredths of a second, and the offset from GMT. */
export function volumeDate(seconds: number): Buffer {
  const digits = new Date(seconds * 1000).toISOString().replace(/\D/g, '').slice(0, 16);
  return Buffer.concat([Buffer.from(digits), Buffer.from([0])]);
}
