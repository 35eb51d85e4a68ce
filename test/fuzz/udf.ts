import type { RandomAccess } from '../../lib/volumes/random-access.ts';
import { behind } from './volumes.ts';

const blockBytes = 512;
/** Where the anchor is; the blocks of `udfBlocks` begin there. */
const anchorAt = 256 * blockBytes;

/** A disk whose UDF volume has these blocks from its anchor on. */
export function udfDisk(blocks: Buffer): RandomAccess {
  const rest = behind(anchorAt, blocks);
  return {
    read: async (at, count) => {
      const bytes = await rest.read(at, count);
      if (at === 32_768) bytes.write('\0NSR02\x01', 'latin1');
      return bytes;
    },
  };
}

/** The blocks with right sums in all tags at their beginnings, which random changes would break. */
export function withSums(blocks: Buffer): Buffer {
  const summed = Buffer.from(blocks);
  for (let at = 0; at + 16 <= summed.length; at += blockBytes) {
    const tag = summed.subarray(at, at + 16);
    tag.writeUInt8(0, 4);
    tag.writeUInt8(tag.reduce((sum, byte) => sum + byte, 0) & 0xff, 4);
  }
  return summed;
}

/** Anchor, logical volume, partition, end, file set, root folder, its content, and a file. */
export function udfBlocks(): Buffer {
  const blocks = Buffer.alloc(8 * blockBytes);
  const block = (index: number, tag: number): Buffer => {
    const bytes = blocks.subarray(index * blockBytes, (index + 1) * blockBytes);
    bytes.writeUInt16LE(tag, 0);
    return bytes;
  };
  const anchor = block(0, 2);
  anchor.writeUInt32LE(256, 12);
  anchor.writeUInt32LE(3 * blockBytes, 16);
  anchor.writeUInt32LE(257, 20);
  const volume = block(1, 6);
  volume.write('\x08CIDATA', 84, 'latin1');
  volume.writeUInt8(7, 84 + 127);
  volume.writeUInt32LE(blockBytes, 212);
  volume.writeUInt32LE(1, 268);
  volume.write('\x01\x06', 440, 'latin1');
  const partition = block(2, 5);
  partition.writeUInt32LE(260, 188);
  partition.writeUInt32LE(64, 192);
  block(3, 8);
  block(4, 256).writeUInt32LE(1, 404);
  entry(block(5, 261), 4, 48).writeUInt32LE(2, 180);
  const record = block(6, 257);
  record.writeUInt8(10, 19);
  record.writeUInt32LE(3, 24);
  record.write('\x08user-data', 38, 'latin1');
  const file = entry(block(7, 266), 5, 5);
  file.writeUInt16LE(3, 34);
  file.writeUInt32LE(5, 212);
  file.write('hello', 216);
  return withSums(blocks);
}

function entry(bytes: Buffer, type: number, length: number): Buffer {
  bytes.writeUInt16LE(4, 20);
  bytes.writeUInt8(type, 27);
  bytes.writeUInt32LE(length, 56);
  if (type !== 4) return bytes;
  bytes.writeUInt32LE(8, 172);
  bytes.writeUInt32LE(length, 176);
  return bytes;
}
