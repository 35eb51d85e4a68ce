import type { Arch } from '../host/arch.ts';
import type { Accel } from '../machine/records/record.ts';
import type { BootMedia, RootMedium } from '../media/boot-media.ts';
import { qemuFormat } from '../media/disk-format.ts';
import { cdArguments, type DiskBus, type DiskDevice, diskArguments, rawReadOnly } from './devices/disk.ts';
import { qemuFiles } from './files.ts';

/**
 * QEMU's options for the machine's boot media. They come before those of all other disks: firmware tries the
 * first disk first, and images expect their own as /dev/vda.
 * @param bus of disks that firmware boots from
 */
export function bootArguments(boot: BootMedia, arch: Arch, accel: Accel, bus: DiskBus): string[] {
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
      return diskArguments(bus, 'boot', boot.path, `format=${qemuFormat(boot.format)}${keep}`, first);
    }
    case 'iso':
      return mediumArguments('boot', boot.path, arch, first);
    case 'efi':
      // QEMU presents a folder, relative to the machine's own, as a FAT disk.
      return diskArguments(bus, 'boot', undefined, espOptions, first);
  }
}

/**
 * At boot an x86 kernel waits for ten ticks of the timer, and panics ("IO-APIC + timer doesn't work") when
 * a busy host lets an emulated machine have fewer. With KVM the kernel does not check either. The option
 * comes first: what follows `--` is init's.
 */
const commandLine = (cmdline: string, arch: Arch, accel: Accel): string =>
  arch === 'amd64' && accel === 'tcg' ? `no_timer_check ${cmdline}`.trimEnd() : cmdline;

const first: DiskDevice = { bootFirst: true };

const espOptions = `format=raw,readonly=on,file.driver=vvfat,file.dir=${qemuFiles.esp}`;

/** Whether a disk or CD is attached to the chipset's SATA controller. */
export const needsSata = (boot: BootMedia): boolean =>
  boot.kind === 'iso' || (boot.kind === 'kernel' && boot.root !== null && boot.root.bus !== 'virtio');

function rootArguments({ path, bus }: RootMedium, arch: Arch): string[] {
  if (bus === 'cd') return mediumArguments('root', path, arch);
  return diskArguments(bus, 'root', path, rawReadOnly);
}

/** A CD; LinuxKit's arm64 images look for it on /dev/vda. */
function mediumArguments(id: string, path: string, arch: Arch, options: DiskDevice = {}): string[] {
  if (arch === 'arm64') return diskArguments('virtio', id, path, rawReadOnly, options);
  return cdArguments(id, path, arch, options);
}
