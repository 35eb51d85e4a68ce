import type { DiskFileFormat } from './disk-format.ts';
/** The firmware that starts the boot loader: SeaBIOS, or the EDK II of OVMF and AAVMF. */
export type BootFirmware = 'bios' | 'uefi';
/**
 * Kernel and initrd are handed to QEMU (`-kernel`, `-initrd`); no boot loader is involved. Absolute paths.
 */
export interface KernelMedia {
    readonly kind: 'kernel';
    readonly kernel: string;
    /** Holds the root file system, or the stage 1 that finds it on `root`; null for kernels that need none. */
    readonly initrd: string | null;
    /** The command line itself, not a file. */
    readonly cmdline: string;
    readonly root: RootMedium | null;
}
/** A read-only file system beside the kernel. */
export interface RootMedium {
    readonly path: string;
    /** virtio: `/dev/vda`. sata: `/dev/sda`, as under LinuxKit's QEMU. cd: `/dev/sr0`. */
    readonly bus: 'virtio' | 'sata' | 'cd';
}
/** A disk with a boot loader on it. */
export interface DiskMedia {
    readonly kind: 'disk';
    readonly path: string;
    readonly format: DiskFileFormat;
    readonly firmware: BootFirmware;
    /** The machine writes to the file itself; otherwise its writes are discarded with the machine. */
    readonly writable: boolean;
}
export interface IsoMedia {
    readonly kind: 'iso';
    readonly path: string;
    readonly firmware: BootFirmware;
}
/** One EFI program that holds kernel, initrd and command line (unified kernel image). */
export interface EfiMedia {
    readonly kind: 'efi';
    readonly path: string;
}
/** No kernel boots: the image's PID 1 runs in namespaces of its own on the host's kernel. */
export interface ContainerMedia {
    readonly kind: 'container';
    readonly initrd: string;
}
/** The media that a virtual machine boots from. */
export type BootMedia = KernelMedia | DiskMedia | IsoMedia | EfiMedia;
/** The media that a machine of this host was started from, as stored in its record. */
export type MachineMedia = BootMedia | ContainerMedia;
