import { folderLimit } from '../volume.ts';
import { readFileEntry } from './file.ts';
import { characters, placeAt, type UdfPlace, type UdfSpace } from './space.ts';
import { checkTag, tags } from './tag.ts';

/** An entry of a folder. */
export interface UdfRecord {
  readonly name: string;
  readonly isFolder: boolean;
  /** Of the file's entry. */
  readonly place: UdfPlace;
}

const flags = { folder: 2, deleted: 4, parent: 8 } as const;

/**
 * The entries of a folder without itself and its parent (ECMA-167 4/14.4).
 *
 * ```
 * entry  18 u8 flags | 19 u8 bytes of the name | 24 u32 block, u16 map of the file's entry | 36 u16 bytes of
 *        use | 38 use, name | zeros up to a multiple of 4
 * ```
 * @throws RangeError when the folder is damaged
 */
export async function folderRecords(space: UdfSpace, place: UdfPlace): Promise<UdfRecord[]> {
  const folder = await readFileEntry(space, place);
  if (folder.kind !== 'folder') throw new RangeError('Cannot read UDF: a folder is none');
  if (folder.bytes > folderLimit) throw new RangeError('Cannot read UDF: a folder is too long');
  const content = await folder.content();
  const records: UdfRecord[] = [];
  for (let at = 0; at + 38 <= content.length; ) {
    const entry = content.subarray(at);
    checkTag(entry, 'a folder', tags.fileIdentifier);
    const nameAt = 38 + entry.readUInt16LE(36);
    const end = nameAt + entry.readUInt8(19);
    const has = (flag: number): boolean => (entry.readUInt8(18) & flag) !== 0;
    if (!has(flags.deleted) && !has(flags.parent))
      records.push({
        name: characters(entry.subarray(nameAt, end)),
        isFolder: has(flags.folder),
        place: placeAt(entry, 24),
      });
    at += (end + 3) & ~3;
  }
  return records;
}
