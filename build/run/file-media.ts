import { KitError } from '../../lib/errors/errors.ts';
import type { Firmware } from '../machine/boot-media.ts';
import type { Work } from '../work.ts';
import { readDiskHead } from './disk-head.ts';
import type { FoundMedia, MediaChoice } from './found-media.ts';
import { openImage } from './image-bytes.ts';
import { unpackDisk } from './packed-disk.ts';
import { type Bootable, diskBoots } from './partition-table.ts';
import { type Recognised, recognise } from './recognise.ts';

/** How a whole image in one file boots. @param name what the user called it */
export async function fileMedia(
  path: string,
  name: string,
  choice: MediaChoice,
  work: Work,
): Promise<FoundMedia> {
  const found = await look(path);
  if (found.kind === 'gzip' && /\.(?:tar\.gz|tgz)$/.test(path))
    return fileMedia(await unpackDisk(path, work), name, choice, work);
  if (found.kind === 'iso') {
    const firmware = chooseFirmware(name, found.boots, choice.firmware);
    return { boot: { kind: 'iso', path, firmware }, arch: undefined, memoryMiB: undefined };
  }
  if (found.kind === 'efi') return { boot: { kind: 'efi', path }, arch: found.arch, memoryMiB: undefined };
  if (found.kind !== 'disk') throw refused(name, found);
  const { format } = found;
  const boots = found.boots ?? diskBoots(await readDiskHead(path, format, work));
  const firmware = chooseFirmware(name, boots, choice.firmware);
  return {
    boot: { kind: 'disk', path, format, firmware, writable: choice.writable },
    arch: undefined,
    memoryMiB: undefined,
  };
}

async function look(path: string): Promise<Recognised> {
  await using source = await openImage(path);
  return await recognise(source);
}

/** Where both would do, the name settles it: BIOS is there sooner. */
function chooseFirmware(name: string, { bios, uefi }: Bootable, asked: Firmware | undefined): Firmware {
  if (asked !== undefined) return asked;
  if (bios && uefi) return /-efi(?:-initrd)?\.\w+$/.test(name) ? 'uefi' : 'bios';
  if (bios || uefi) return bios ? 'bios' : 'uefi';
  throw new KitError(`Cannot run "${name}": neither BIOS nor UEFI finds anything to start on it`, {
    hint: '--uefi and --bios try all the same',
  });
}

/** What people hand over that is no image, and what it is called. */
const others: Readonly<Record<string, string>> = {
  cpio: 'an initrd alone',
  gzip: 'a gzip file',
  kernel: 'a kernel alone',
  tar: 'a tar',
  unknown: 'no image that kit knows',
};

function refused(name: string, found: Recognised): KitError {
  const what = found.kind === 'file system' ? `a ${found.type} file system alone` : others[found.kind];
  return new KitError(`Cannot run "${name}": it is ${what}`, {
    hint: 'give a manifest, a disk, an ISO, an EFI program, or the name before -kernel of files that belong together',
  });
}
