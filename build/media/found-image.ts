import type { Arch } from '../host/arch.ts';
import type { KernelRoot } from '../outputs/output.ts';
import type { BootFirmware, BootMedia } from './boot-media.ts';

/** A bootable image, and what its files tell about the machine that it needs. */
export interface FoundImage {
  readonly boot: BootMedia;
  /** Undefined when the files do not tell. */
  readonly arch: Arch | undefined;
  /** The least memory in which it boots; undefined when the files do not tell. */
  readonly memoryMiB: number | undefined;
}

/** What a person may say about the image; undefined is found out from the files. */
export interface MediaChoice {
  /** LinuxKit's `--kernel`, `--squashfs`, `--iso`: which of the files with a common prefix holds the root. */
  readonly as: KernelRoot | undefined;
  readonly firmware: BootFirmware | undefined;
  readonly writable: boolean;
}
