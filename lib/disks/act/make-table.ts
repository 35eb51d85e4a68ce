import { randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import {
  type GptCopy,
  type GptTable,
  gptEntry,
  gptSectors,
  guidBytes,
  linuxTypes,
  usableSectors,
} from '../../volumes/gpt.ts';
import type { BlockDevice } from '../observe/content.ts';
import { type DiskWrite, openDisk, rereadTable, writeInOrder } from './raw-disk.ts';

/** Partitions begin and end at multiples of it. */
const alignment = 1 << 20;

/**
 * Writes a table with one partition that takes the whole disk. The MBR, without which nobody sees a table,
 * comes last: until this one sector is written the disk is empty, and from then on the table is whole.
 */
export async function makeTable(
  disk: Pick<BlockDevice, 'path' | 'bytes' | 'sectorBytes'>,
  { name, swap }: { readonly name: string; readonly swap: boolean },
): Promise<void> {
  const { bytes, sectorBytes, path } = disk;
  const size = { sectorBytes, sectors: Math.floor(bytes / sectorBytes) };
  const entry = gptEntry({
    type: guidBytes(linuxTypes[swap ? 'swap' : 'data']),
    guid: guidBytes(randomUUID()),
    name,
    ...{ first: alignment / sectorBytes, last: lastSector(size) },
  });
  await using file = await openDisk(path);
  await writeTable(file, path, { ...size, diskGuid: guidBytes(randomUUID()), entries: [entry] });
}

/** The last sector of a partition that takes all that is left of the disk. */
export function lastSector(size: Pick<GptTable, 'sectorBytes' | 'sectors'>): number {
  const unit = alignment / size.sectorBytes;
  return Math.floor((usableSectors(size).last + 1) / unit) * unit - 1;
}

/**
 * Both copies of a table, never both at once: at the end of the disk, at its beginning, the MBR. A copy that
 * was cut off is recognised by its checksums, and the other one counts.
 */
export async function writeTable(file: FileHandle, path: string, table: GptTable): Promise<void> {
  const { mbr, primary, backup } = gptSectors(table);
  const copy = ({ header, headerAt, entries, entriesAt }: GptCopy): DiskWrite[] => [
    { at: entriesAt * table.sectorBytes, bytes: entries },
    { at: headerAt * table.sectorBytes, bytes: header },
  ];
  await writeInOrder(file, [copy(backup), copy(primary), [{ at: 0, bytes: mbr }]]);
  await rereadTable(file, path);
}
