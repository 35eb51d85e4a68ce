import { createHash } from 'node:crypto';

/**
 * Sixteen bytes that name a part of an image, from what the image holds: equal images have equal ones. Version and
 * variant bits are those of UUIDs that a vendor makes in its own way (RFC 9562, "UUID Version 8").
 */
export function guidOf(content: Uint8Array, part: string): Buffer {
  const guid = createHash('sha256').update(content).update(part).digest().subarray(0, 16);
  guid.writeUInt8((guid.readUInt8(6) & 0x0f) | 0x80, 6);
  guid.writeUInt8((guid.readUInt8(8) & 0x3f) | 0x80, 8);
  return guid;
}

/** Thirty-two bits of the same kind; never 0, which means that there are none. */
export function serialOf(content: Uint8Array, part: string): number {
  return guidOf(content, part).readUInt32LE(12) || 1;
}

/** As GPT and Windows keep it: the first three numbers little-endian (UEFI specification, appendix A). */
export function mixedEndian(guid: Buffer): Buffer {
  const mixed = Buffer.from(guid);
  mixed.subarray(0, 4).reverse();
  mixed.subarray(4, 6).reverse();
  mixed.subarray(6, 8).reverse();
  return mixed;
}
