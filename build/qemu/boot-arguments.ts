import type { Arch } from '../host/arch.ts';
import type { Accel } from '../machine/records/record.ts';
import type { BootMedia, RootMedium } from '../media/boot-media.ts';
import { qemuFormat } from '../media/disk-format.ts';
import { qemuFiles } from './files.ts';

/**
 * QEMU's options for the machine's boot media. They come before those of all other disks: firmware tries the
 * first disk first, and images expect their own as /dev/vda.
 */
export function bootArguments(boot: BootMedia, arch: Arch, accel: Accel): string[] {
  switch (boot.kind) {
    case 'kernel': {
      const { kernel, initrd, root } = boot;
      const cmdline = commandLine(boot.cmdline, arch, accel);
      const files = ['-kernel', kernel, ...(initrd === null ? [] : ['-initrd', initrd]), '-append', cmdline];
      return [...files, ...(root === null ? [] : rootArguments(root, arch))];
    }
    case 'disk': {
      // An image stays as it was built: QEMU puts the guest's writes into a temporary file, unless
      // `--writable`.
      const keep = boot.writable ? '' : ',snapshot=on';
      return virtioDisk('boot', boot.path, `format=${qemuFormat(boot.format)}${keep}`, ',bootindex=0');
    }
    case 'iso':
      return cdArguments('boot', boot.path, arch, ',bootindex=0');
    case 'efi':
      // QEMU presents a folder, relative to the machine's own, as a FAT disk.
      return virtioDisk('boot', undefined, espOptions, ',bootindex=0');
  }
}

/**
 * At boot an x86 kernel waits for ten ticks of the timer, and panics ("IO-APIC + timer doesn't work") when
 * a busy host lets an emulated machine have fewer. With KVM the kernel does not check either. The option
 * comes first: what follows `--` is init's.
 */
const commandLine = (cmdline: string, arch: Arch, accel: Accel): string =>
  arch === 'amd64' && accel === 'tcg' ? `no_timer_check ${cmdline}`.trimEnd() : cmdline;

const espOptions = `format=raw,readonly=on,file.driver=vvfat,file.dir=${qemuFiles.esp}`;

/** Whether a disk or CD is attached to the chipset's SATA controller. */
export const needsSata = (boot: BootMedia): boolean =>
  boot.kind === 'iso' || (boot.kind === 'kernel' && boot.root !== null && boot.root.bus !== 'virtio');

/** A virtio disk: the first is /dev/vda. */
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

/** A CD on the PC's SATA controller. arm64 machines have none; LinuxKit's arm64 images look on /dev/vda. */
function cdArguments(id: string, path: string, arch: Arch, deviceOptions = ''): string[] {
  if (arch === 'arm64') return virtioDisk(id, path, readOnly, deviceOptions);
  return [
    ...['-drive', `if=none,id=${id},media=cdrom,file=${comma(path)},${readOnly}`],
    ...['-device', `ide-cd,drive=${id}${deviceOptions}`],
  ];
}

/** QEMU's options escape a comma by doubling it. */
export const comma = (text: string): string => text.replaceAll(',', ',,');
