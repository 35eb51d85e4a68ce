import { createHash } from 'node:crypto';

/**
 * A GUID of 16 bytes for a part of an image, derived from the image's content: equal images have equal ones.
 * Version and variant bits are those of vendor-specific UUIDs (RFC 9562, "UUID Version 8").
 */
export function guidOf(content: Uint8Array, part: string): Buffer {
  const guid = createHash('sha256').update(content).update(part).digest().subarray(0, 16);
  guid.writeUInt8((guid.readUInt8(6) & 0x0f) | 0x80, 6);
  guid.writeUInt8((guid.readUInt8(8) & 0x3f) | 0x80, 8);
  return guid;
}

/** A serial number of 32 bits, derived the same way; never 0, which means none. */
export function serialOf(content: Uint8Array, part: string): number {
  return guidOf(content, part).readUInt32LE(12) || 1;
}
