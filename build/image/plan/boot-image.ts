import type { TarEntry } from '../../../lib/archive/tar.ts';
import type { Arch } from '../../host/arch.ts';
import type { FilePiece, Piece } from '../../pieces/piece.ts';
import type { ImagePart } from './image-parts.ts';

/**
 * A machine's image before it takes the form of a format. Parts that cost something are made when the first format
 * asks for them, and once for all formats of a run.
 */
export interface BootImage {
  readonly arch: Arch;
  /** @throws KitError when the manifest names none */
  readonly kernel: FilePiece;
  readonly cmdline: string;
  /** CPU microcode, which the initrd begins with, filled up to a multiple of 4. */
  readonly ucode: FilePiece | undefined;
  /** What runs the tree as a container, without a kernel of its own. */
  readonly containerCommand: readonly string[];
  /** The least memory, in MiB, that it boots in with its root in memory. */
  memoryMiB(): Promise<number>;
  /** What takes room in it, kernel included. */
  parts(): Promise<readonly ImagePart[]>;
  /** Root in memory: the whole initrd, microcode first. */
  initrd(): Promise<readonly Piece[]>;
  /** Root on a medium: a disk, a partition or a CD that is read as the machine needs it. */
  medium(): Promise<Medium>;
  /**
   * LinuxKit's root file system, boot/ included, in LinuxKit's order; each call walks it anew. Paths come more than
   * once, and the last entry counts. @param added what a format puts in besides
   */
  tree(added?: readonly TarEntry[]): AsyncIterable<TarEntry>;
}

/** What goes onto a medium, and what boots from it. */
export interface Medium {
  /** Layered: the small one that finds the medium. Flat: the microcode, or nothing. */
  readonly initrd: readonly Piece[];
  /** The least memory, in MiB, that it boots in. */
  readonly memoryMiB: number;
  /** Equal images have equal ones: 32 hex digits, for the file systems that have a UUID. */
  readonly id: string;
  /**
   * `layered`: files that are compressed already, and a stage 1 in the initrd that finds them. `flat`: LinuxKit's tree,
   * which the kernel mounts by itself when `root=` says where it is.
   */
  readonly layout: 'layered' | 'flat';
  /** The files of the file system; each call walks them anew. */
  entries(): AsyncIterable<TarEntry> | Iterable<TarEntry>;
}
