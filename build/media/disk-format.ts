/** Formats of disk image files, by their usual file name endings. */
export type DiskFileFormat = 'raw' | 'qcow2' | 'vmdk' | 'vhd';

/** The same formats by the names of QEMU's block drivers. */
const qemuNames: Readonly<Record<DiskFileFormat, string>> = {
  raw: 'raw',
  qcow2: 'qcow2',
  vmdk: 'vmdk',
  vhd: 'vpc',
};

export const isDiskFileFormat = (name: string): name is DiskFileFormat => Object.hasOwn(qemuNames, name);

/** The name that `qemu-img -f` and `-drive format=` take. */
export const qemuFormat = (format: DiskFileFormat): string => qemuNames[format];
