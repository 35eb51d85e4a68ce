import type { RandomAccess } from '../../../lib/volumes/random-access.ts';
import { erofsInodes } from '../../binary/erofs/inodes.ts';
import type { PartName, SizedFile, SizedPart } from '../report.ts';

const modeType = 0o170000;
const modeRegular = 0o100000;

/**
 * A layer, which is an EROFS image, with its files. Sizes of compressed files are those that their inodes
 * count, in whole blocks of 4 KiB: nothing is estimated. A file with several names counts under the first.
 * @param bytes of the image
 * @throws KitError for a damaged image
 */
export async function sizedLayer(layer: RandomAccess, bytes: number, name: PartName): Promise<SizedPart> {
  const files: SizedFile[] = [];
  const counted = new Set<bigint>();
  for await (const { path, nid, mode, bytes: unpackedBytes, storedBytes } of erofsInodes(layer, name.title)) {
    if ((mode & modeType) !== modeRegular || counted.has(nid)) continue;
    counted.add(nid);
    files.push({ path, bytes: Math.min(storedBytes, bytes), unpackedBytes });
  }
  const unpackedBytes = files.reduce((sum, file) => sum + file.unpackedBytes, 0);
  return { ...name, bytes, unpackedBytes, files };
}
