import type { Arch } from '../host/arch.ts';
import type { KernelRoot } from '../outputs/output.ts';
import type { BootFirmware, BootMedia } from './boot-media.ts';

/** A bootable image, and the requirements for its machine that its files reveal. */
export interface FoundImage {
  readonly boot: BootMedia;
  /** Undefined when the files do not reveal it. */
  readonly arch: Arch | undefined;
  /** The least memory in which it boots; undefined when the files do not reveal it. */
  readonly memoryMiB: number | undefined;
  /** Names of the drivers that its kernel has; undefined when the files do not reveal them. */
  readonly drivers?: readonly string[] | undefined;
  /** Whether it wants the port of QEMU's guest agent; undefined when the files do not reveal it. */
  readonly guestAgent?: boolean;
}

/** The user's choices for the image; undefined ones are determined from the files. */
export interface MediaChoice {
  /** LinuxKit's `--kernel`, `--squashfs`, `--iso`: which of the files with a common prefix holds the root. */
  readonly as: KernelRoot | undefined;
  readonly firmware: BootFirmware | undefined;
  readonly writable: boolean;
}
