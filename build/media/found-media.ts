import type { Arch } from '../host/arch.ts';
import type { KernelRoot } from '../outputs/output.ts';
import type { BootMedia, Firmware } from './boot-media.ts';

/** An image that can be booted, and what its files tell about the machine it needs. */
export interface FoundMedia {
  readonly boot: BootMedia;
  /** Undefined when the files do not tell. */
  readonly arch: Arch | undefined;
  /** The least memory that it boots in; undefined when the files do not tell. */
  readonly memoryMiB: number | undefined;
}

/** What the user says about the image; all of it can be found out otherwise. */
export interface MediaChoice {
  /** LinuxKit's `--kernel`, `--squashfs`, `--iso`: which of the files of a prefix. */
  readonly as: KernelRoot | undefined;
  readonly firmware: Firmware | undefined;
  readonly writable: boolean;
}
