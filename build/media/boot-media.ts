/** Formats of disk files, by the names that people use; `qemuFormat` (build/media/disks.ts) has QEMU's. */
export type DiskFormat = 'raw' | 'qcow2' | 'vmdk' | 'vhd';

/** Who reads the first sector: SeaBIOS, or the EDK II of OVMF and AAVMF. */
export type Firmware = 'bios' | 'uefi';

/** Kernel and initrd go to QEMU by themselves, and no firmware looks for a boot loader. Absolute paths. */
export interface KernelMedia {
  readonly kind: 'kernel';
  readonly kernel: string;
  /** Holds the root file system, or the stage 1 that finds it on `root`; null for kernels that need none. */
  readonly initrd: string | null;
  /** The command line itself. */
  readonly cmdline: string;
  readonly root: RootMedium | null;
}

/** A read-only file system beside the kernel. */
export interface RootMedium {
  readonly path: string;
  /** virtio: `/dev/vda`. sata: `/dev/sda`, as LinuxKit's QEMU has it. cd: `/dev/sr0`. */
  readonly bus: 'virtio' | 'sata' | 'cd';
}

/** A disk with a boot loader on it. */
export interface DiskMedia {
  readonly kind: 'disk';
  readonly path: string;
  readonly format: DiskFormat;
  readonly firmware: Firmware;
  /** The machine writes to the file itself; else its writes go with the machine. */
  readonly writable: boolean;
}

export interface IsoMedia {
  readonly kind: 'iso';
  readonly path: string;
  readonly firmware: Firmware;
}

/** One EFI program that holds kernel, initrd and command line (UKI). */
export interface EfiMedia {
  readonly kind: 'efi';
  readonly path: string;
}

/** No kernel boots: PID 1 of the image runs in namespaces of its own on the host's. */
export interface ContainerMedia {
  readonly kind: 'container';
  readonly initrd: string;
}

/** What QEMU boots a machine from. */
export type BootMedia = KernelMedia | DiskMedia | IsoMedia | EfiMedia;

/** What a machine is made of, as its record has it. */
export type MachineMedia = BootMedia | ContainerMedia;
