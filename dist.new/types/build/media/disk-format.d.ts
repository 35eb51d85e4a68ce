/** Formats of disk image files, by their usual file name endings. */
export type DiskFileFormat = 'raw' | 'qcow2' | 'vmdk' | 'vhd';
export declare const isDiskFileFormat: (name: string) => name is DiskFileFormat;
/** The name that `qemu-img -f` and `-drive format=` take. */
export declare const qemuFormat: (format: DiskFileFormat) => string;
