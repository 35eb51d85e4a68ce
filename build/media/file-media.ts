import { KitError } from '../../lib/errors/errors.ts';
import { diskHeadBytes } from '../../lib/volumes/partitions.ts';
import type { RandomAccess } from '../../lib/volumes/random-access.ts';
import { isoEfiSystemStart } from '../binary/iso9660/read-el-torito.ts';
import { type Bootable, diskBoots, efiSystemStart } from '../binary/partitions/read-partitions.ts';
import { openImage } from '../pieces/image-file.ts';
import type { Work } from '../work.ts';
import type { BootFirmware } from './boot-media.ts';
import { diskContents } from './disk-contents.ts';
import { efiProgramMemory, efiSystemNeeds, type ImageNeeds } from './efi-needs.ts';
import type { FoundImage, MediaChoice } from './found-image.ts';
import { type Recognised, recognise } from './recognise.ts';
import { unpackedDisk } from './unpack-disk.ts';

/** How a single-file image boots. @param name as the user wrote it @throws KitError */
export async function fileMedia(
  path: string,
  name: string,
  choice: MediaChoice,
  work: Work,
): Promise<FoundImage> {
  await using source = await openImage(path);
  const found = await recognise(source);
  if (found.kind === 'gzip' && /\.(?:tar\.gz|tgz)$/.test(path))
    return fileMedia(await unpackedDisk(path, work), name, choice, work);
  if (found.kind === 'iso') {
    const firmware = chooseFirmware(name, found.boots, choice.firmware);
    const needs = await needsOf(firmware, source, await isoEfiSystemStart(source));
    return { boot: { kind: 'iso', path, firmware }, ...needs };
  }
  if (found.kind === 'efi')
    return { boot: { kind: 'efi', path }, arch: found.arch, memoryMiB: efiProgramMemory(source.size) };
  if (found.kind !== 'disk') throw refused(name, found);
  const { format } = found;
  const disk = format === 'raw' ? source : diskContents(path, format, work);
  const head = await disk.read(0, diskHeadBytes);
  const firmware = chooseFirmware(name, found.boots ?? diskBoots(head), choice.firmware);
  const needs = await needsOf(firmware, disk, efiSystemStart(head));
  return { boot: { kind: 'disk', path, format, firmware, writable: choice.writable }, ...needs };
}

/** Without an EFI program that reveals the architecture, BIOS implies amd64. */
async function needsOf(
  firmware: BootFirmware,
  source: RandomAccess,
  efiSystem: number | undefined,
): Promise<ImageNeeds> {
  const needs = efiSystem === undefined ? undefined : await efiSystemNeeds(source, efiSystem);
  if (firmware === 'uefi') return { arch: needs?.arch, memoryMiB: needs?.memoryMiB };
  return { arch: needs?.arch ?? 'amd64', memoryMiB: undefined };
}

/** If both firmwares would start it, the file name decides; the default is BIOS, which boots faster. */
function chooseFirmware(
  name: string,
  { bios, uefi }: Bootable,
  asked: BootFirmware | undefined,
): BootFirmware {
  if (asked !== undefined) return asked;
  if (bios && uefi) return /-efi(?:-initrd)?\.\w+$/.test(name) ? 'uefi' : 'bios';
  if (bios || uefi) return bios ? 'bios' : 'uefi';
  throw new KitError(`Cannot run "${name}": neither BIOS nor UEFI finds anything to start on it`, {
    hint: '--uefi and --bios try all the same',
  });
}

/** Names for files that are not bootable images. */
const otherFiles: Readonly<Record<string, string>> = {
  cpio: 'an initrd alone',
  gzip: 'a gzip file',
  kernel: 'a kernel alone',
  tar: 'a tar',
  unknown: 'not an image that kit knows',
};

function refused(name: string, found: Recognised): KitError {
  const program = found.kind === 'other' ? found.program : undefined;
  return new KitError(`Cannot run "${name}": it is ${whatIs(found)}`, {
    hint: program
      ? `decompress it first: ${program} -dk`
      : 'give a manifest, a disk, an ISO, an EFI program, or the name before -kernel of an image',
  });
}

function whatIs(found: Recognised): string | undefined {
  if (found.kind === 'other') return found.what;
  return found.kind === 'file system' ? `a ${found.type} file system alone` : otherFiles[found.kind];
}
