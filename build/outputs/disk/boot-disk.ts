import { KitError } from '../../../lib/errors/errors.ts';
import { mbrSector, partitionTypes } from '../../../lib/volumes/mbr.ts';
import { sectorBytes } from '../../../lib/volumes/sector.ts';
import { fatPieces } from '../../binary/fat/fat-pieces.ts';
import { efiSystemType, gptDisk, gptSpace } from '../../binary/partitions/gpt.ts';
import { guidOf, serialOf } from '../../binary/partitions/guid.ts';
import { efiBootPaths } from '../../binary/pe/arches.ts';
import type { BootImage } from '../../image/plan/boot-image.ts';
import { type Piece, padded, piecesBytes } from '../../pieces/piece.ts';
import { hashPieces } from '../../pieces/read-pieces.ts';
import type { Work } from '../../work.ts';
import { grubBios } from '../grub/grub.ts';
import { grubConfig } from '../grub/grub-config.ts';
import { imageUki } from '../uki/image-uki.ts';

/** The firmware interface by which a disk boots. */
export type BootMethod = 'bios' | 'efi';

/** A disk that boots an image with its root in memory. */
export interface BootDisk {
  /** Of the files on it, 32 bytes: serial numbers and GUIDs are derived from it. */
  readonly digest: Buffer;
  /** The disk, whole MiB, with at least this many bytes. */
  pieces(minBytes: number): Piece[];
}

const disks = new WeakMap<BootImage, Map<BootMethod, Promise<BootDisk>>>();

/** The disk of an image; its parts are made and read once for all formats of a run. @throws KitError */
export function bootDisk(image: BootImage, method: BootMethod, work: Work): Promise<BootDisk> {
  const made = disks.get(image) ?? new Map<BootMethod, Promise<BootDisk>>();
  disks.set(image, made);
  const disk = made.get(method) ?? (method === 'bios' ? biosDisk : efiDisk)(image, work);
  made.set(method, disk);
  return disk;
}

/** A FAT partition with kernel and initrd, and GRUB before it. */
async function biosDisk(image: BootImage, work: Work): Promise<BootDisk> {
  if (image.arch !== 'amd64') {
    throw new KitError(`Cannot make a disk that starts by BIOS for ${image.arch}: its machines have none`, {
      hint: 'raw-efi, qcow2-efi and uki start by EFI',
    });
  }
  const { boot, core } = await grubBios('disk', work);
  const config = grubConfig({ kernel: '/kernel', initrd: ['/initrd.img'] }, image.cmdline);
  const files = [
    { path: 'grub/grub.cfg', body: [Buffer.from(config)] },
    { path: 'kernel', body: [image.kernel] },
    { path: 'initrd.img', body: await image.initrd() },
  ];
  const digest = await hashPieces([boot, core, ...files.flatMap(({ body }) => body)], work.signal);
  const firstSector = firstByte / sectorBytes;
  const pieces = (minBytes: number): Piece[] => {
    const id = serialOf(digest, 'fat');
    const minFat = Math.max(minBytes - firstByte, 0);
    const fat = fatPieces(files, { kind: 'fat32', label: 'KIT', id, firstSector, minBytes: minFat });
    const sectors = piecesBytes(fat) / sectorBytes;
    const partition = { type: partitionTypes.fat32, first: firstSector, sectors, active: true };
    const mbr = mbrSector(partition, { code: boot, serial: serialOf(digest, 'disk') });
    return [...padded([mbr, core], { bytes: firstByte }), ...fat];
  };
  return { digest, pieces };
}

/** Where the partition begins; GRUB lies before it. */
const firstByte = 1 << 20;

/** An EFI system partition with the image as the program that firmware starts. */
async function efiDisk(image: BootImage, work: Work): Promise<BootDisk> {
  const files = [{ path: efiBootPaths[image.arch], body: await imageUki(image, work) }];
  const digest = await hashPieces(
    files.flatMap(({ body }) => body),
    work.signal,
  );
  const pieces = (minBytes: number): Piece[] => {
    const id = serialOf(digest, 'fat');
    const minFat = Math.max(minBytes - 2 * gptSpace, 0);
    const firstSector = gptSpace / sectorBytes;
    const body = fatPieces(files, { kind: 'fat32', label: 'KIT', id, firstSector, minBytes: minFat });
    return gptDisk(
      { type: efiSystemType, guid: guidOf(digest, 'partition'), name: 'kit', body },
      guidOf(digest, 'disk'),
    );
  };
  return { digest, pieces };
}
