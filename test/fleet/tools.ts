import { join } from 'node:path';
import { debianSource } from '../../build/debian/source.ts';
import { testWork } from '../../build/testing.ts';
import { debianTree, type Tools } from '../../build/tools/tree.ts';

const source = debianSource({
  packages: [
    ...[
      'bash',
      'coreutils',
      'dash',
      'grep',
      'libvirt-clients',
      'libvirt-daemon',
      'libvirt-daemon-driver-qemu',
    ],
    ...['ovmf', 'qemu-system-x86', 'qemu-utils', 'sed', 'swtpm'],
  ],
  // Without the base of a system and others that they depend on, but do not run.
  keep: [
    ...[
      'bash',
      'coreutils',
      'dash',
      'grep',
      'ipxe-qemu',
      'lib*',
      'ovmf',
      'qemu-*',
      'seabios',
      'sed',
      'swtpm*',
    ],
    'zlib1g',
  ],
});

/** A host with libvirt and QEMU, as Debian installs them. */
export function libvirtTools(): Promise<Tools> {
  return debianTree('libvirt', source, join(import.meta.dirname, 'tools.lock.json'), testWork());
}

const incusSource = debianSource({
  packages: [
    ...['attr', 'bash', 'coreutils', 'dash', 'incus-base', 'incus-client', 'iproute2', 'qemu-utils'],
    ...['rsync', 'sed', 'squashfs-tools', 'tar', 'xz-utils'],
  ],
  keep: [
    ...['attr', 'bash', 'coreutils', 'dash', 'incus*', 'iproute2', 'lib*', 'lxcfs', 'qemu-utils'],
    ...['rsync', 'sed', 'squashfs-tools*', 'tar', 'uidmap', 'xz-utils', 'zlib1g'],
  ],
});

/** A host with the daemon and the client of Incus. It starts no machines: those need KVM. */
export function incusTools(): Promise<Tools> {
  return debianTree('Incus', incusSource, join(import.meta.dirname, 'incus.lock.json'), testWork());
}
