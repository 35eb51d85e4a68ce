import { qcow2 } from '../binary/disks/qcow2.ts';
import { dynamicVhd, fixedVhd } from '../binary/disks/vhd.ts';
import { streamVmdk } from '../binary/disks/vmdk.ts';
import { diskImage } from './disk/disk-image.ts';
import { gcp } from './disk/gcp.ts';
import { dockerArchive } from './docker/archive.ts';
import { dockerContext } from './docker/context.ts';
import { writeErofs } from './erofs.ts';
import { containerDisk, containerDiskMemory } from './fleet/container-disk.ts';
import { incusImage, incusInstance } from './fleet/incus.ts';
import { kubevirt } from './fleet/kubevirt.ts';
import { libvirtDomain } from './fleet/libvirt.ts';
import { isoBios, isoEfi, isoEfiInitrd, isoMedium } from './iso.ts';
import { oci } from './oci.ts';
import type { OutputFormat } from './output.ts';
import { rpi3 } from './rpi3/rpi3.ts';
import { writeSquashfs } from './squashfs.ts';
import { tarKernelInitrd } from './tar-kernel-initrd.ts';
import { treeTar } from './tree-tar.ts';
import { imageUkiMemory, uki } from './uki/image-uki.ts';

/** LinuxKit's size of disks. */
const gibibyte = 2 ** 30;

/** Where the root file system is, and how the files boot. */
const kernel = { hasKernelFiles: true, root: 'medium' } as const;
const disk = { root: 'memory', run: 'file' } as const;
const iso = { root: 'medium', run: 'file' } as const;
const efi = { firmware: 'efi' } as const;
const archive = { root: 'none' } as const;

/** Formats whose files others name. */
const kernelInitrd: OutputFormat = {
  ...{ name: 'kernel+initrd', hasKernelFiles: true, root: 'memory', run: 'kernel' },
};
const qcow2Bios: OutputFormat = {
  ...{ name: 'qcow2-bios', suffix: '.qcow2', ...disk },
  ...diskImage({ boot: 'bios', container: qcow2, size: gibibyte }),
};
const qcow2Efi: OutputFormat = {
  ...{ name: 'qcow2-efi', suffix: '-efi.qcow2', ...disk },
  ...diskImage({ boot: 'efi', container: qcow2 }),
};
const containerdisk: OutputFormat = {
  ...{ name: 'containerdisk', suffix: '-containerdisk.tar', root: 'memory', firmware: 'any' },
  ...{ stream: containerDisk, memoryMiB: containerDiskMemory },
};
const incusImport: OutputFormat = {
  ...{ name: 'incus-image', suffix: '-incus.tar', root: 'memory', beside: qcow2Efi },
  ...{ content: incusImage, memoryMiB: imageUkiMemory },
};

/** Every format, in the order of messages. */
export const formats: readonly OutputFormat[] = [
  kernelInitrd,
  { name: 'tar', suffix: '.tar', ...archive, stream: treeTar },
  { name: 'docker', suffix: '.docker', ...archive, stream: dockerContext },
  { name: 'docker-archive', suffix: '-docker-archive.tar', ...archive, stream: dockerArchive },
  { name: 'tar-kernel-initrd', suffix: '-initrd.tar', root: 'memory', content: tarKernelInitrd },
  { name: 'kernel+squashfs', ...kernel, suffix: '-squashfs.img', run: 'squashfs', makeMedium: writeSquashfs },
  { name: 'kernel+erofs', ...kernel, suffix: '-erofs.img', run: 'erofs', makeMedium: writeErofs },
  { name: 'kernel+iso', ...kernel, suffix: '.iso', run: 'iso', content: isoMedium },
  { name: 'iso-bios', suffix: '.iso', ...iso, content: isoBios },
  { name: 'iso-efi', suffix: '-efi.iso', ...iso, ...efi, content: isoEfi },
  {
    ...{ name: 'iso-efi-initrd', suffix: '-efi-initrd.iso', root: 'memory', run: 'file', ...efi },
    ...{ content: isoEfiInitrd, memoryMiB: imageUkiMemory },
  },
  { name: 'raw-bios', suffix: '-bios.img', ...disk, ...diskImage({ boot: 'bios' }) },
  { name: 'raw-efi', suffix: '-efi.img', ...disk, ...diskImage({ boot: 'efi' }) },
  qcow2Bios,
  qcow2Efi,
  { name: 'aws', suffix: '.raw', ...disk, ...diskImage({ boot: 'any', size: gibibyte }) },
  {
    ...{ name: 'gcp', suffix: '.img.tar.gz', ...disk },
    ...diskImage({ boot: 'any', container: gcp, size: gibibyte, unit: gibibyte }),
  },
  {
    ...{ name: 'vhd', suffix: '.vhd', ...disk },
    ...diskImage({ boot: 'any', container: fixedVhd, size: gibibyte }),
  },
  {
    ...{ name: 'dynamic-vhd', suffix: '.vhd', ...disk },
    ...diskImage({ boot: 'any', container: dynamicVhd, size: 25 * gibibyte }),
  },
  {
    ...{ name: 'vmdk', suffix: '.vmdk', ...disk },
    ...diskImage({ boot: 'any', container: streamVmdk, size: gibibyte }),
  },
  { name: 'uki', suffix: '.efi', ...disk, ...efi, content: uki, memoryMiB: imageUkiMemory },
  { name: 'oci', suffix: '.oci.tar', root: 'memory', stream: oci },
  {
    ...{ name: 'libvirt', suffix: '-libvirt.xml', root: 'memory', beside: kernelInitrd },
    ...libvirtDomain('kernel', kernelInitrd),
  },
  {
    ...{ name: 'libvirt-bios', suffix: '-libvirt-bios.xml', root: 'memory', beside: qcow2Bios },
    ...libvirtDomain('bios', qcow2Bios),
  },
  {
    ...{ name: 'libvirt-efi', suffix: '-libvirt-efi.xml', root: 'memory', beside: qcow2Efi },
    ...libvirtDomain('efi', qcow2Efi),
  },
  incusImport,
  {
    ...{ name: 'incus', suffix: '-incus.yaml', root: 'memory', beside: incusImport },
    ...{ content: incusInstance, memoryMiB: imageUkiMemory },
  },
  containerdisk,
  {
    ...{ name: 'kubevirt', suffix: '-kubevirt.yaml', root: 'memory', beside: containerdisk },
    ...{ content: kubevirt, memoryMiB: containerDiskMemory },
  },
  { name: 'rpi3', suffix: '.tar', root: 'memory', stream: rpi3 },
];

export const formatNames: readonly string[] = formats.map(({ name }) => name);

export const defaultFormat = 'kernel+initrd';
