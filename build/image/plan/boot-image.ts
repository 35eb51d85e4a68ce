import type { TarEntry } from '../../../lib/archive/tar.ts';
import type { Arch } from '../../host/arch.ts';
import type { FilePiece, Piece } from '../../pieces/piece.ts';
import type { EfiSigner } from '../../signing/efi/signed-data.ts';
import type { ImagePart } from './image-part.ts';
import type { MachineNeeds } from './machine-needs.ts';

/**
 * A machine's image before it takes the form of a format: the result of the step "assemble". Costly members
 * are made on the first call and shared by all formats of a build.
 */
export interface BootImage {
  readonly arch: Arch;
  /** False for a manifest that names no kernel: its initrd is for a kernel of the user's own. */
  readonly hasKernel: boolean;
  /** @throws KitError when the manifest names none */
  readonly kernel: FilePiece;
  readonly cmdline: string;
  /** CPU microcode. The initrd begins with it, padded to a multiple of 4 bytes. */
  readonly ucode: FilePiece | undefined;
  /** Names of the drivers that its kernel has, as modules or built in; undefined if that is not known. */
  readonly drivers?: readonly string[] | undefined;
  /** What the manifest expects of its machine. */
  readonly needs: MachineNeeds;
  /** The command that starts the tree as a container, without a kernel of its own. */
  readonly containerCommand: readonly string[];
  /** Who signs what firmware starts; undefined for nobody. @throws KitError for keys that cannot be read */
  signer(): EfiSigner | undefined;
  /** The least memory, in MiB, that it boots in with its root in memory. */
  memoryMiB(): Promise<number>;
  /** The parts that take up room in it, kernel included. */
  parts(): Promise<readonly ImagePart[]>;
  /** Root in memory: the whole initrd, microcode first. */
  initrd(): Promise<readonly Piece[]>;
  /** Root on a medium: a disk, a partition or a CD, read on demand. */
  medium(): Promise<Medium>;
  /**
   * LinuxKit's root file system, boot/ included, in LinuxKit's order; each call walks it anew. A path may
   * come more than once, and its last entry wins.
   * @param added further entries of a format
   */
  tree(added?: readonly TarEntry[]): AsyncIterable<TarEntry>;
}

/** The content of a medium, and the initrd that boots from it. */
export interface Medium {
  /** Layered: a small one that finds the medium. Flat: the microcode, or nothing. */
  readonly initrd: readonly Piece[];
  /** The least memory, in MiB, that it boots in. */
  readonly memoryMiB: number;
  /** 32 hex digits, the same for equal images: the UUID of file systems that have one. */
  readonly id: string;
  /**
   * `layered`: compressed files, which a stage 1 in the initrd finds. `flat`: LinuxKit's tree, which the
   * kernel mounts itself when `root=` says where it is.
   */
  readonly layout: 'layered' | 'flat';
  /** The files of the file system; each call walks them anew. */
  entries(): AsyncIterable<TarEntry> | Iterable<TarEntry>;
}
