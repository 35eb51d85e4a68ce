import type { RandomAccess } from '../random-access.ts';
import { tooLong, type Volume } from '../volume.ts';
import { readFileEntry } from './file.ts';
import { folderRecords } from './folder.ts';
import { type LogicalVolume, logicalVolume, type UdfPlace, type UdfSpace } from './space.ts';
import { descriptorBytes, tagOf, tags } from './tag.ts';

/** Of discs, then of disks. */
const blockSizes = [2048, 512, 4096] as const;
/** The recognition sequence of ECMA-167 2/8.3, behind the first 32 KiB; that of ISO 9660 may be in it. */
const recognition = { at: 32_768, step: 2048, bytes: 32 * 2048 } as const;

/**
 * The UDF volume of revision 1.02 to 2.01 (ECMA-167, "Universal Disk Format Specification") with plain
 * partitions, as discs that are written at once have them; undefined when there is none.
 */
export async function openUdf(source: RandomAccess): Promise<Volume | undefined> {
  if (!(await isRecognised(source))) return undefined;
  const found = await anchorOf(source);
  if (found === undefined) return undefined;
  const volume = (): Promise<LogicalVolume> => logicalVolume(source, found.anchor, found.blockBytes);
  const open = async (): ReturnType<LogicalVolume['open']> => (await volume()).open();
  return {
    kind: 'UDF',
    label: async () => (await volume()).label,
    read: async (path, limit) => {
      const { space, root } = await open();
      const place = await find(space, root, path.split('/'));
      const file = place && (await readFileEntry(space, place));
      if (file?.kind !== 'file') return undefined;
      if (file.bytes > limit) throw tooLong(path, limit);
      return file.content();
    },
    names: async () => {
      const { space, root } = await open();
      return (await folderRecords(space, root)).map(({ name }) => name);
    },
  };
}

async function isRecognised(source: RandomAccess): Promise<boolean> {
  const area = await source.read(recognition.at, recognition.bytes);
  for (let at = 0; at + 6 <= area.length; at += recognition.step)
    if (/^NSR0[23]$/.test(area.toString('latin1', at + 1, at + 6))) return true;
  return false;
}

/** In block 256, which the tag repeats: blocks of another size have something else there. */
async function anchorOf(source: RandomAccess): Promise<{ anchor: Buffer; blockBytes: number } | undefined> {
  for (const blockBytes of blockSizes) {
    const anchor = await source.read(256 * blockBytes, descriptorBytes);
    const isAnchor = anchor.length === descriptorBytes && tagOf(anchor) === tags.anchor;
    if (isAnchor && anchor.readUInt32LE(12) === 256) return { anchor, blockBytes };
  }
  return undefined;
}

/** The place of a file's entry by its path; what is spelled like that comes before what differs in case. */
async function find(
  space: UdfSpace,
  folder: UdfPlace,
  [name = '', ...rest]: readonly string[],
): Promise<UdfPlace | undefined> {
  const isFolder = rest.length > 0;
  const records = (await folderRecords(space, folder)).filter((record) => record.isFolder === isFolder);
  const found =
    records.find((record) => record.name === name) ??
    records.find((record) => record.name.toLowerCase() === name.toLowerCase());
  return found && isFolder ? find(space, found.place, rest) : found?.place;
}
