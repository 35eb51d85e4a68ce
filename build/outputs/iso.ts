import { type TarEntry, textEntry } from '../../lib/archive/tar.ts';
import { fatPieces } from '../binary/fat/fat-pieces.ts';
import type { BootProgram } from '../binary/iso9660/el-torito.ts';
import { type IsoVolume, isoVolume } from '../binary/iso9660/iso-volume.ts';
import { efiBootPaths } from '../binary/pe/arches.ts';
import type { BootImage, Medium } from '../image/plan/boot-image.ts';
import { type Piece, piecesBytes } from '../pieces/piece.ts';
import { pieceEntry } from '../pieces/piece-entry.ts';
import type { Work } from '../work.ts';
import { grubBios } from './grub/grub.ts';
import { grubConfig } from './grub/grub-config.ts';
import type { FileContent, OutputPlace } from './output.ts';
import { ukiPieces } from './uki/uki.ts';

/** The root file system as a CD that is not bootable. */
export async function isoMedium(image: BootImage): Promise<FileContent> {
  const medium = await image.medium();
  return isoVolume({ ...identityOf(medium), walk: () => medium.entries() });
}

/** A CD, or a USB stick, that boots by BIOS. Its own file system is the root. */
export async function isoBios(image: BootImage, _place: OutputPlace, work: Work): Promise<FileContent> {
  const medium = await image.medium();
  const { boot, core } = await grubBios('cd', work);
  return isoVolume({
    ...identityOf(medium),
    walk: () => joined(medium.entries(), bootFiles(image, medium)),
    boot: [{ firmware: 'bios', pieces: [core] }],
    mbrCode: boot,
  });
}

/** The same for UEFI: a unified kernel image in a FAT file system, beside the files. */
export async function isoEfi(image: BootImage, _place: OutputPlace, work: Work): Promise<FileContent> {
  const medium = await image.medium();
  const cmdline = withRoot(image, medium, { amd64: '/dev/sr0', arm64: '/dev/vda' }[image.arch]);
  const program = await efiProgram(image, medium.initrd, cmdline, medium.id, work);
  return isoVolume({ ...identityOf(medium), walk: () => medium.entries(), boot: [program] });
}

/** For UEFI with the root in memory: the unified kernel image has everything, and the CD no other file. */
export async function isoEfiInitrd(image: BootImage, _place: OutputPlace, work: Work): Promise<FileContent> {
  const identity = identityOf(await image.medium());
  const program = await efiProgram(image, await image.initrd(), image.cmdline, identity.id, work);
  return isoVolume({ ...identity, walk: () => [], boot: [program] });
}

/** The label of LinuxKit's images is kept for LinuxKit's tree, since other programs look for it. */
const identityOf = ({ layout, id }: Medium): Pick<IsoVolume, 'volumeId' | 'id'> => ({
  volumeId: layout === 'layered' ? 'KIT' : 'LinuxKit',
  id,
});

/** GRUB of a CD looks for the configuration at this path (grub/grub.ts). */
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

/** Stage 1 finds its medium by itself; a kernel that mounts its root needs `root=`, maybe the manifest's. */
function withRoot({ cmdline }: BootImage, { layout }: Medium, device: string): string {
  const isKnown = layout === 'layered' || /(?:^|\s)root=/.test(cmdline);
  return isKnown ? cmdline : `${cmdline} root=${device}`.trim();
}

/** FAT16 could hold 2 GiB, but some firmware supports such large clusters on FAT32 only. */
const fat16Limit = 500 << 20;

async function efiProgram(
  image: BootImage,
  initrd: readonly Piece[],
  cmdline: string,
  id: string,
  work: Work,
): Promise<BootProgram> {
  const { arch, kernel } = image;
  const body = await ukiPieces({ arch, kernel, initrd, cmdline, signer: image.signer() }, work);
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
