import { type FileHandle, open } from 'node:fs/promises';
import { partitionPrefix } from '../../bundle/disks.ts';
import { gptEntriesPlace, gptName, type ReadGpt, readGpt } from '../../volumes/gpt.ts';
import type { BlockDevice } from './content.ts';

export interface TableCopies {
  /** Undefined for a copy that is not there, or damaged. */
  readonly primary: ReadGpt | undefined;
  readonly backup: ReadGpt | undefined;
}

type Size = Pick<BlockDevice, 'bytes' | 'sectorBytes'>;

/** Both copies of a disk's GPT. */
export async function tableCopies(file: FileHandle, { bytes, sectorBytes }: Size): Promise<TableCopies> {
  return {
    primary: await copyAt(file, 1, sectorBytes),
    backup: await copyAt(file, Math.floor(bytes / sectorBytes) - 1, sectorBytes),
  };
}

/**
 * Whether what there is of a table is ours. Without its MBR, which is written last, nothing has ever been put
 * into its partition.
 */
export async function isUnfinishedTable({
  path,
  ...size
}: Size & Pick<BlockDevice, 'path'>): Promise<boolean> {
  await using file = await open(path, 'r');
  const { primary, backup } = await tableCopies(file, size);
  const found = [primary, backup].filter((copy) => copy !== undefined);
  const isOurs = ({ entries: [first, ...more] }: ReadGpt): boolean =>
    first !== undefined && more.length === 0 && gptName(first).startsWith(partitionPrefix);
  return found.length > 0 && found.every(isOurs);
}

async function copyAt(file: FileHandle, headerAt: number, sectorBytes: number): Promise<ReadGpt | undefined> {
  const read = async (sector: number, count: number): Promise<Buffer> => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, sector * sectorBytes);
    return buffer.subarray(0, bytesRead);
  };
  const header = await read(headerAt, sectorBytes);
  const place = gptEntriesPlace(header);
  if (!place || !Number.isSafeInteger(place.sector * sectorBytes)) return undefined;
  return readGpt(header, headerAt, await read(place.sector, place.bytes));
}
