import { blockBytes } from './iso9660-descriptor.ts';
import { type RandomAccess, readExactly } from './random-access.ts';
import { folderLimit } from './volume.ts';

/** A file or folder, as its folder's record describes it. */
export interface IsoRecord {
  /** Its identifier, and its Rock Ridge name, both as `plainName` makes them. */
  readonly names: readonly string[];
  readonly at: number;
  /** Of this section: large files have several. */
  readonly bytes: number;
  readonly isFolder: boolean;
  readonly hasMoreSections: boolean;
}

const flags = { folder: 0x02, moreSections: 0x80 } as const;
const rootRecordAt = 156;

/**
 * The records of the root folder that a primary or, with Joliet names, a supplementary descriptor names.
 *
 * ```
 * record      0 u8 length | 2 u32 first block | 10 u32 bytes | 25 flags | 32 u8 length of the identifier
 *             33 identifier | from the next even offset on: system use
 * Rock Ridge  0 "NM" | 2 u8 length | 4 flags | 5 name      in the system use area
 * ```
 * Numbers are stored in both byte orders; the little-endian ones, which come first, are read. @throws
 * RangeError when a record is damaged
 */
export async function rootRecords(
  source: RandomAccess,
  descriptor: Buffer,
  isJoliet: boolean,
): Promise<IsoRecord[]> {
  const root = descriptor.subarray(rootRecordAt);
  const size = root.readUInt32LE(10);
  if (size > folderLimit) throw new RangeError(`Cannot read ISO 9660 folder: ${size} bytes`);
  const bytes = await readExactly(source, root.readUInt32LE(2) * blockBytes, size);
  const records: IsoRecord[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at] ?? 0;
    // No record crosses a block: a length of zero means that the rest of the block is empty.
    if (length === 0) at = (Math.floor(at / blockBytes) + 1) * blockBytes;
    else {
      const record = recordOf(bytes.subarray(at, at + length), isJoliet);
      if (record) records.push(record);
      at += length;
    }
  }
  return records;
}

function recordOf(bytes: Buffer, isJoliet: boolean): IsoRecord | undefined {
  const length = bytes[32] ?? 0;
  if (bytes.length < 34 || 33 + length > bytes.length) return undefined;
  const identifier = bytes.subarray(33, 33 + length);
  const systemUse = bytes.subarray(33 + length + ((length + 1) & 1));
  const names = isJoliet
    ? [jolietName(identifier)]
    : [identifier.toString('latin1'), rockRidgeName(systemUse)];
  return {
    names: names.map(plainName).filter(Boolean),
    at: bytes.readUInt32LE(2) * blockBytes,
    bytes: bytes.readUInt32LE(10),
    isFolder: (bytes.readUInt8(25) & flags.folder) !== 0,
    hasMoreSections: (bytes.readUInt8(25) & flags.moreSections) !== 0,
  };
}

/** UCS-2, big-endian. */
function jolietName(identifier: Buffer): string {
  return Buffer.from(identifier.subarray(0, identifier.length & ~1))
    .swap16()
    .toString('utf16le');
}

function rockRidgeName(systemUse: Buffer): string {
  let name = '';
  for (let at = 0; at + 4 <= systemUse.length; ) {
    const length = systemUse[at + 2] ?? 0;
    if (length < 4 || at + length > systemUse.length) break;
    if (systemUse.toString('latin1', at, at + 2) === 'NM')
      name += systemUse.toString('utf8', at + 5, at + length);
    at += length;
  }
  return name;
}

/**
 * Without an extension such as Rock Ridge, `user-data` is in upper case, with `_` for `-`, and a version:
 * `USER_DATA.;1`.
 */
export function plainName(name: string): string {
  return name.replace(/;\d+$/, '').replace(/\.$/, '').replaceAll('_', '-').toLowerCase();
}
