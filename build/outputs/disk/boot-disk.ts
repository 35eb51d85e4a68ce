import { KitError } from '../../../lib/errors/errors.ts';
import { sectorBytes } from '../../../lib/volumes/sector.ts';
import { fatPieces } from '../../binary/fat/fat.ts';
import { efiSystemType, gptDisk, gptSpace } from '../../binary/partitions/gpt.ts';
import { guidOf, serialOf } from '../../binary/partitions/guid.ts';
import { mbrSector, partitionTypes } from '../../binary/partitions/mbr.ts';
import { efiBootPaths } from '../../binary/pe/arches.ts';
import type { BootImage } from '../../image/plan/boot-image.ts';
import { type Piece, padded, piecesBytes } from '../../pieces/piece.ts';
import { hashPieces } from '../../pieces/read-pieces.ts';
import type { Work } from '../../work/work.ts';
import { grubBios } from '../grub/grub.ts';
import { grubConfig } from '../grub/grub-config.ts';
import { imageUki } from '../uki/image-uki.ts';

/** What starts a machine from its disk. */
export type Firmware = 'bios' | 'efi';

/** A disk of at least so many bytes, whole MiB, that boots the image with its root in memory. */
export interface BootDisk {
  /** A digest of all that is on it. */
  readonly content: Buffer;
  pieces(minBytes: number): Piece[];
}

const disks = new WeakMap<BootImage, Map<Firmware, Promise<BootDisk>>>();

/** The disk of an image: the parts are made and read once for all formats of a run. @throws KitError */
export function bootDisk(image: BootImage, firmware: Firmware, work: Work): Promise<BootDisk> {
  const made = disks.get(image) ?? new Map<Firmware, Promise<BootDisk>>();
  disks.set(image, made);
  const disk = made.get(firmware) ?? (firmware === 'bios' ? biosDisk : efiDisk)(image, work);
  made.set(firmware, disk);
  return disk;
}

/** One FAT partition with kernel and initrd, and GRUB before it. */
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
  const content = await hashPieces([boot, core, ...files.flatMap(({ body }) => body)], work.signal);
  const firstSector = firstByte / sectorBytes;
  const pieces = (minBytes: number): Piece[] => {
    const id = serialOf(content, 'fat');
    const minFat = Math.max(minBytes - firstByte, 0);
    const fat = fatPieces(files, { kind: 'fat32', label: 'KIT', id, firstSector, minBytes: minFat });
    const sectors = piecesBytes(fat) / sectorBytes;
    const partition = { type: partitionTypes.fat32, first: firstSector, sectors, active: true };
    const mbr = mbrSector(partition, { code: boot, serial: serialOf(content, 'disk') });
    return [...padded([mbr, core], { bytes: firstByte }), ...fat];
  };
  return { content, pieces };
}

/** Where the partition begins; GRUB has its place before it. */
const firstByte = 1 << 20;

/** One EFI system partition with the image as the program that firmware starts. */
async function efiDisk(image: BootImage, work: Work): Promise<BootDisk> {
  const files = [{ path: efiBootPaths[image.arch], body: await imageUki(image, work) }];
  const content = await hashPieces(
    files.flatMap(({ body }) => body),
    work.signal,
  );
  const pieces = (minBytes: number): Piece[] => {
    const id = serialOf(content, 'fat');
    const minFat = Math.max(minBytes - 2 * gptSpace, 0);
    const firstSector = gptSpace / sectorBytes;
    const body = fatPieces(files, { kind: 'fat32', label: 'KIT', id, firstSector, minBytes: minFat });
    return gptDisk(
      { type: efiSystemType, guid: guidOf(content, 'partition'), name: 'kit', body },
      guidOf(content, 'disk'),
    );
  };
  return { content, pieces };
}
