import type { Arch } from '../host/arch.ts';
import { machineFiles } from '../machine/records/folder.ts';
import type { BootMedia, RootMedium } from '../media/boot-media.ts';
import { qemuFormat } from '../media/disks.ts';

/**
 * QEMU's options for what the machine boots from. These come before all other disks: the guest's first disk is the one
 * it booted from, and firmware looks there first.
 */
export function bootArguments(boot: BootMedia, arch: Arch): string[] {
  switch (boot.kind) {
    case 'kernel': {
      const { kernel, initrd, cmdline, root } = boot;
      const files = ['-kernel', kernel, ...(initrd === null ? [] : ['-initrd', initrd]), '-append', cmdline];
      return [...files, ...(root === null ? [] : rootArguments(root, arch))];
    }
    case 'disk': {
      // What is built is not written to: writes go to a file that QEMU removes, unless the user wants them kept.
      const keep = boot.writable ? '' : ',snapshot=on';
      return virtioDisk('boot', boot.path, `format=${qemuFormat(boot.format)}${keep}`, ',bootindex=0');
    }
    case 'iso':
      return cdArguments('boot', boot.path, arch, ',bootindex=0');
    case 'efi':
      // A folder, which QEMU shows as a FAT disk: relative to the machine's own.
      return virtioDisk('boot', undefined, espOptions, ',bootindex=0');
  }
}

const espOptions = `format=raw,readonly=on,file.driver=vvfat,file.dir=${machineFiles.esp}`;

/** Whether anything hangs on the disk controller of the chip set, for whose sake guests load a driver. */
export const needsSata = (boot: BootMedia): boolean =>
  boot.kind === 'iso' || (boot.kind === 'kernel' && boot.root !== null && boot.root.bus !== 'virtio');

/** A disk on virtio: the first is /dev/vda. */
export function virtioDisk(
  id: string,
  path: string | undefined,
  options: string,
  deviceOptions = '',
): string[] {
  const file = path === undefined ? '' : `file=${comma(path)},`;
  return [
    ...['-drive', `if=none,id=${id},${file}${options}`],
    ...['-device', `virtio-blk-pci,drive=${id}${deviceOptions}`],
  ];
}

function rootArguments({ path, bus }: RootMedium, arch: Arch): string[] {
  if (bus === 'cd') return cdArguments('root', path, arch);
  if (bus === 'virtio') return virtioDisk('root', path, readOnly);
  return ['-drive', `if=none,id=root,file=${comma(path)},${readOnly}`, '-device', 'ide-hd,drive=root'];
}

const readOnly = 'format=raw,readonly=on';

/** PCs have their CD on the chip set's controller. Machines of arm64 have none, and LinuxKit's look on /dev/vda. */
function cdArguments(id: string, path: string, arch: Arch, deviceOptions = ''): string[] {
  if (arch === 'arm64') return virtioDisk(id, path, readOnly, deviceOptions);
  return [
    ...['-drive', `if=none,id=${id},media=cdrom,file=${comma(path)},${readOnly}`],
    ...['-device', `ide-cd,drive=${id}${deviceOptions}`],
  ];
}

/** In QEMU's options a comma is written twice. */
export const comma = (text: string): string => text.replaceAll(',', ',,');
