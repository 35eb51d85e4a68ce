import { blockBytes } from './iso9660-descriptor.ts';
import { plainName } from './iso9660-names.ts';
import { readSystemUse } from './iso9660-system-use.ts';
import { type RandomAccess, readExactly } from './random-access.ts';
import { folderLimit } from './volume.ts';

/** Bytes on the volume. */
export interface Extent {
  readonly at: number;
  readonly bytes: number;
}

/** A file or folder, as its folder's records describe it. */
export interface IsoRecord {
  /** Its Rock Ridge name, if it has one, and its identifier. */
  readonly names: readonly string[];
  /** In order: a file of 4 GiB and more has several. */
  readonly extents: readonly Extent[];
  readonly isFolder: boolean;
  readonly hasRockRidge: boolean;
  /** Why its content cannot be read as it lies there: `it is a symbolic link`. */
  readonly obstacle: string | undefined;
}

/** One of the trees of a volume. */
export interface IsoTree {
  readonly source: RandomAccess;
  readonly root: Extent;
  readonly isJoliet: boolean;
  /** Bytes of a logical block, in which positions are given. */
  readonly block: number;
}

const flags = { folder: 0x02, moreSections: 0x80 } as const;
const rootRecordAt = 156;

/**
 * The tree that a primary or, with Joliet names, a supplementary descriptor names: 128 u16 bytes of a logical
 * block | 156 record of the root folder.
 * @throws RangeError when the descriptor is damaged
 */
export function isoTree(source: RandomAccess, descriptor: Buffer, isJoliet: boolean): IsoTree {
  const block = descriptor.readUInt16LE(128);
  if (![512, 1024, 2048].includes(block))
    throw new RangeError(`Cannot read ISO 9660: logical blocks of ${block} bytes`);
  return { source, root: extentOf(descriptor.subarray(rootRecordAt), block), isJoliet, block };
}

/**
 * The records of a folder.
 *
 * ```
 * record   0 u8 length | 1 u8 blocks of an extended attribute record, before the content | 2 u32 first block
 *          10 u32 bytes | 25 flags | 32 u8 length of the identifier | 33 identifier
 *          from the next even offset on: system use
 * ```
 * Numbers are stored in both byte orders; the little-endian ones, which come first, are read.
 * @throws RangeError when a record is damaged
 */
export async function folderRecords(tree: IsoTree, folder: Extent): Promise<IsoRecord[]> {
  if (folder.bytes > folderLimit) throw new RangeError(`Cannot read ISO 9660 folder: ${folder.bytes} bytes`);
  const bytes = await readExactly(tree.source, folder.at, folder.bytes);
  const records: IsoRecord[] = [];
  let isOpen = false;
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at] ?? 0;
    // No record crosses a block: a length of zero means that the rest of the block is empty.
    if (length === 0) at = (Math.floor(at / blockBytes) + 1) * blockBytes;
    else {
      const piece = bytes.subarray(at, at + length);
      const record = recordOf(piece, tree);
      const before = records.at(-1);
      if (record && before && isOpen) records.splice(-1, 1, joined(before, record));
      else if (record) records.push(record);
      isOpen = record !== undefined && (piece.readUInt8(25) & flags.moreSections) !== 0;
      at += length;
    }
  }
  return records;
}

/** A file and its next section, which has a record of the same identifier (ECMA-119 6.5.1). */
const joined = (file: IsoRecord, section: IsoRecord): IsoRecord => ({
  ...file,
  extents: [...file.extents, ...section.extents],
});

function recordOf(bytes: Buffer, { isJoliet, block }: IsoTree): IsoRecord | undefined {
  const length = bytes[32] ?? 0;
  if (bytes.length < 34 || 33 + length > bytes.length) return undefined;
  const identifier = bytes.subarray(33, 33 + length);
  const { name, obstacle } = readSystemUse(bytes.subarray(33 + length + ((length + 1) & 1)));
  const own = isJoliet ? jolietName(identifier) : identifier.toString('latin1');
  return {
    names: isJoliet || name === '' ? [own] : [name, own],
    extents: [extentOf(bytes, block)],
    isFolder: (bytes.readUInt8(25) & flags.folder) !== 0,
    hasRockRidge: name !== '',
    obstacle,
  };
}

const extentOf = (record: Buffer, block: number): Extent => ({
  at: (record.readUInt32LE(2) + record.readUInt8(1)) * block,
  bytes: record.readUInt32LE(10),
});

/** UCS-2, big-endian. */
function jolietName(identifier: Buffer): string {
  return Buffer.from(identifier.subarray(0, identifier.length & ~1))
    .swap16()
    .toString('utf16le');
}

/** Whether a record has a name, whatever form of it the volume holds. */
export const isNamed = ({ names }: IsoRecord, wanted: string): boolean =>
  names.some((name) => plainName(name) === wanted);
