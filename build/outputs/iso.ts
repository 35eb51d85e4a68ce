import { join } from 'node:path';
import { type TarEntry, textEntry } from '../../lib/archive/tar.ts';
import { fatPieces } from '../binary/fat/fat.ts';
import type { BootProgram } from '../binary/iso9660/el-torito.ts';
import { type IsoVolume, isoVolume } from '../binary/iso9660/iso.ts';
import { efiBootPaths } from '../binary/pe/arches.ts';
import type { BootImage, Medium } from '../image/plan/boot-image.ts';
import { type Piece, piecesBytes } from '../pieces/piece.ts';
import { pieceEntry } from '../pieces/piece-entry.ts';
import { writePieces } from '../pieces/write-pieces.ts';
import type { Work } from '../work/work.ts';
import { grubBios } from './grub/grub.ts';
import { grubConfig } from './grub/grub-config.ts';
import { kernelFiles } from './kernel-medium.ts';
import type { Output, OutputFile, OutputPlace } from './output.ts';
import { imageUkiMemory } from './uki/image-uki.ts';
import { ukiPieces } from './uki/uki.ts';

/** Kernel and command line for direct kernel boot, and the root file system as a CD. */
export const kernelIso: Output = {
  root: 'medium',
  own: '.iso',
  async write(image, place, work) {
    const medium = await image.medium();
    const files = await kernelFiles(image, medium, place, work);
    const volume = { ...volumeFacts(medium), walk: () => medium.entries() };
    return [...files, await writeIso('.iso', volume, place, work)];
  },
};

/** A CD, or a USB stick, that BIOSes start. The CD itself is the root file system. */
export const isoBios: Output = {
  root: 'medium',
  own: '.iso',
  async write(image, place, work) {
    const medium = await image.medium();
    const { boot, core } = await grubBios('cd', work);
    const volume: IsoVolume = {
      ...volumeFacts(medium),
      walk: () => joined(medium.entries(), bootFiles(image, medium)),
      boot: [{ firmware: 'bios', pieces: [core] }],
      mbrCode: boot,
    };
    return [await writeIso('.iso', volume, place, work)];
  },
};

/** The same for UEFI: what it starts is a unified kernel image, in a FAT file system beside the files. */
export const isoEfi: Output = {
  root: 'medium',
  own: '-efi.iso',
  async write(image, place, work) {
    const medium = await image.medium();
    const cmdline = withRoot(image, medium, { amd64: '/dev/sr0', arm64: '/dev/vda' }[image.arch]);
    const program = await efiProgram(image, medium.initrd, cmdline, medium.id, work);
    const volume: IsoVolume = {
      ...volumeFacts(medium),
      walk: () => medium.entries(),
      boot: [program],
    };
    return [await writeIso('-efi.iso', volume, place, work)];
  },
};

/** For UEFI with the root in memory: the unified kernel image holds all there is, and the CD no file of its own. */
export const isoEfiInitrd: Output = {
  own: '-efi-initrd.iso',
  memoryMiB: imageUkiMemory,
  async write(image, place, work) {
    const { id, ...facts } = volumeFacts(await image.medium());
    const program = await efiProgram(image, await image.initrd(), image.cmdline, id, work);
    const volume: IsoVolume = { ...facts, id, walk: () => [], boot: [program] };
    return [await writeIso('-efi-initrd.iso', volume, place, work)];
  },
};

/** LinuxKit's images are called so by everything that looks for them by label. */
const volumeFacts = ({ layout, id }: Medium): Pick<IsoVolume, 'volumeId' | 'id'> => ({
  volumeId: layout === 'layered' ? 'KIT' : 'LinuxKit',
  id,
});

async function writeIso(
  ending: string,
  volume: IsoVolume,
  { dir, name }: OutputPlace,
  { signal }: Work,
): Promise<OutputFile> {
  const path = join(dir, `${name}${ending}`);
  return { path, bytes: await writePieces(path, await isoVolume(volume), signal) };
}

/** Where GRUB of a CD looks (build/outputs/grub). */
const paths = { kernel: 'boot/kernel', initrd: 'boot/initrd.img', config: 'boot/grub/grub.cfg' } as const;

function bootFiles(image: BootImage, medium: Medium): TarEntry[] {
  const initrd = medium.initrd.length > 0;
  const files = { kernel: `/${paths.kernel}`, ...(initrd && { initrd: [`/${paths.initrd}`] }) };
  return [
    textEntry(paths.config, grubConfig(files, withRoot(image, medium, '/dev/sr0'))),
    pieceEntry(paths.kernel, [image.kernel]),
    ...(initrd ? [pieceEntry(paths.initrd, medium.initrd)] : []),
  ];
}

/** Stage 1 finds its medium by itself; a kernel that mounts its root has to be told, unless the manifest does. */
function withRoot({ cmdline }: BootImage, { layout }: Medium, device: string): string {
  const told = layout === 'layered' || /(?:^|\s)root=/.test(cmdline);
  return told ? cmdline : `${cmdline} root=${device}`.trim();
}

/** A FAT16 of large clusters could hold 2 GiB, but some firmware knows such clusters from FAT32 alone. */
const fat16Limit = 500 << 20;

async function efiProgram(
  { arch, kernel }: BootImage,
  initrd: readonly Piece[],
  cmdline: string,
  id: string,
  work: Work,
): Promise<BootProgram> {
  const body = await ukiPieces({ arch, kernel, initrd, cmdline }, work);
  const number = Number.parseInt(id.slice(0, 8), 16);
  const kind = piecesBytes(body) > fat16Limit ? 'fat32' : 'fat16';
  const pieces = fatPieces([{ path: efiBootPaths[arch], body }], { kind, label: 'KIT-EFI', id: number });
  return { firmware: 'efi', pieces };
}

async function* joined(
  ...walks: readonly (Iterable<TarEntry> | AsyncIterable<TarEntry>)[]
): AsyncGenerator<TarEntry> {
  for (const walk of walks) yield* walk;
}
