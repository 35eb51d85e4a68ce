import { withLast } from '../../volumes/gpt.ts';
import type { BlockDevice } from '../observe/content.ts';
import { tableCopies } from '../observe/table-copies.ts';
import { lastSector, writeTable } from './make-table.ts';
import { openDisk } from './raw-disk.ts';

/**
 * Lets the only partition of a table take what follows it, and makes a damaged copy of the table anew. Does
 * nothing if there is nothing to gain.
 * @returns the bytes that it gained
 */
export async function growTable(disk: Pick<BlockDevice, 'path' | 'bytes' | 'sectorBytes'>): Promise<number> {
  const { bytes, sectorBytes, path } = disk;
  const size = { sectorBytes, sectors: Math.floor(bytes / sectorBytes) };
  await using file = await openDisk(path);
  const { primary, backup } = await tableCopies(file, disk);
  const table = primary ?? backup;
  const [entry] = table?.entries ?? [];
  const [range] = table?.ranges ?? [];
  if (!table || !entry || !range || table.entries.length !== 1)
    throw new Error(`${path} has a partition table of another kind, and does not grow`);
  const last = Math.max(lastSector(size), range.last);
  if (last === range.last && primary) return 0;
  await writeTable(file, path, { ...size, diskGuid: table.diskGuid, entries: [withLast(entry, last)] });
  return (last - range.last) * sectorBytes;
}
