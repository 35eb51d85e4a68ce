import { type RandomAccess, readExactly } from '../random-access.ts';
import { checkTag, descriptorBytes, tagOf, tags } from './tag.ts';

/** A place in a partition. */
export interface UdfPlace {
  readonly block: number;
  /** The number of a partition map, not of a partition. */
  readonly partition: number;
}

/** Partitions, whose blocks can be read. */
export interface UdfSpace {
  readonly blockBytes: number;
  /** `count` bytes from the beginning of a block on. @throws RangeError when they are outside */
  read(place: UdfPlace, count: number): Promise<Buffer>;
}

/** ECMA-167 names no limit; mkudffs writes 16 blocks. */
const sequenceLimit = 64;
/** Of type 1 and 2 together; mkudffs writes one or two. */
const mapLimit = 4;

export interface LogicalVolume {
  readonly label: string;
  /** With the folder that all others are in. @throws RangeError when it is damaged, or of a kind not read */
  open(): Promise<{ readonly space: UdfSpace; readonly root: UdfPlace }>;
}

/**
 * The logical volume that the descriptors of the volume describe (ECMA-167 3/8.4.2).
 *
 * ```
 * logical volume  84 label | 212 u32 bytes of a block | 252 u32 block, u16 map of the file set |
 *                 268 u32 maps | 440 maps
 * file set        404 u32 block, u16 map of the root folder's entry
 * ```
 * @param blockBytes of the volume: where the anchor was found
 * @throws RangeError when they are damaged
 */
export async function logicalVolume(
  source: RandomAccess,
  anchor: Buffer,
  blockBytes: number,
): Promise<LogicalVolume> {
  const sequence = await descriptors(source, anchor, blockBytes);
  const volume = sequence.find((each) => tagOf(each) === tags.logicalVolume);
  if (volume === undefined) throw new RangeError('Cannot read UDF: it has no logical volume');
  return {
    label: dstring(volume.subarray(84, 212)),
    open: async () => {
      const bytes = volume.readUInt32LE(212);
      if (bytes !== blockBytes)
        throw new RangeError(`Cannot read UDF: blocks of ${bytes} bytes on sectors of ${blockBytes}`);
      const space = spaceOf(source, partitionsOf(volume, sequence), blockBytes);
      const set = await space.read(placeAt(volume, 252), descriptorBytes);
      checkTag(set, 'the file set', tags.fileSet);
      return { space, root: placeAt(set, 404) };
    },
  };
}

/** The extent is at 16 of the anchor: u32 bytes, u32 block. */
async function descriptors(source: RandomAccess, anchor: Buffer, blockBytes: number): Promise<Buffer[]> {
  const count = Math.min(Math.floor(anchor.readUInt32LE(16) / blockBytes), sequenceLimit);
  const start = anchor.readUInt32LE(20);
  const found: Buffer[] = [];
  for (let block = start; block < start + count; block += 1) {
    const bytes = await source.read(block * blockBytes, descriptorBytes);
    const tag = tagOf(bytes);
    if (bytes.length < descriptorBytes || tag === tags.terminating) break;
    if (tag !== undefined) found.push(bytes);
  }
  return found;
}

interface Partition {
  readonly start: number;
  readonly blocks: number;
}

function spaceOf(source: RandomAccess, partitions: readonly Partition[], blockBytes: number): UdfSpace {
  return {
    blockBytes,
    read: ({ block, partition }, count) => {
      const { start, blocks } = partitions[partition] ?? { start: 0, blocks: 0 };
      if (block * blockBytes + count > blocks * blockBytes)
        throw new RangeError(`Cannot read UDF: block ${block} of partition ${partition} is outside it`);
      return readExactly(source, (start + block) * blockBytes, count);
    },
  };
}

/**
 * What the partition maps stand for. Maps of type 2 are those of rewritable discs, of discs that grow, and of
 * UDF 2.50's metadata.
 *
 * ```
 * map        0 u8 type | 1 u8 length | 4 u16 partition of type 1
 * partition  22 u16 number | 188 u32 first block | 192 u32 blocks
 * ```
 */
function partitionsOf(volume: Buffer, sequence: readonly Buffer[]): Partition[] {
  const count = volume.readUInt32LE(268);
  if (count > mapLimit) throw new RangeError(`Cannot read UDF: it has ${count} partition maps`);
  return Array.from({ length: count }, (_, index) => {
    const map = volume.subarray(440 + 6 * index, 446 + 6 * index);
    if (map[0] !== 1)
      throw new RangeError('Cannot read UDF: it is made for rewriting, and only plain partitions are read');
    const number = map.readUInt16LE(4);
    const found = sequence.find((each) => tagOf(each) === tags.partition && each.readUInt16LE(22) === number);
    if (found === undefined) throw new RangeError(`Cannot read UDF: it has no partition ${number}`);
    return { start: found.readUInt32LE(188), blocks: found.readUInt32LE(192) };
  });
}

/** As a long allocation descriptor has it behind its length (ECMA-167 4/14.14.2.2). */
export const placeAt = (bytes: Buffer, at: number): UdfPlace => ({
  block: bytes.readUInt32LE(at),
  partition: bytes.readUInt16LE(at + 4),
});

/** A text of fixed length, whose last byte says how many bytes of it count (ECMA-167 1/7.2.12). */
function dstring(bytes: Buffer): string {
  return characters(bytes.subarray(0, Math.min(bytes.at(-1) ?? 0, bytes.length - 1)));
}

/** OSTA's compressed Unicode: how many bits a character has, then the characters (UDF 2.1.1). */
export function characters(bytes: Buffer): string {
  const [bits = 0] = bytes;
  const rest = bytes.subarray(1);
  if (bits === 8 || bits === 254) return rest.toString('latin1');
  if (bits !== 16 && bits !== 255) return '';
  return Buffer.from(rest.subarray(0, rest.length & ~1))
    .swap16()
    .toString('utf16le');
}
