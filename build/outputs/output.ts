import type { BootImage, Medium } from '../image/plan/boot-image.ts';
import type { Piece } from '../pieces/piece.ts';
import type { Pieces } from '../pieces/read-pieces.ts';
import type { Work } from '../work.ts';

export interface OutputFile {
  readonly path: string;
  readonly bytes: number;
}

/** Where the files go: `<dir>/<name><suffix>`. */
export interface OutputPlace {
  /** Absolute; made when missing. */
  readonly dir: string;
  readonly name: string;
  /** Bytes of disks, if the user gives a size. */
  readonly size?: number | undefined;
}

/** Content of a file: pieces, or a function that makes them anew at each call. */
export type FileContent = readonly Piece[] | (() => Pieces);

/**
 * A row of the table of formats (formats.ts): everything that the rest of kit uses of a format of `kit
 * build`. A format with a `suffix` has exactly one of `stream`, `content` and `makeMedium`.
 */
export interface OutputFormat {
  /** The value of `--format`: LinuxKit's name where LinuxKit has the format. */
  readonly name: string;
  /** A format whose files are among this one's: the disk that a domain of libvirt names. */
  readonly beside?: OutputFormat;
  /** The files for direct kernel boot are among the format's: kernel, initrd or stage 1, and command line. */
  readonly hasKernelFiles?: boolean;
  /**
   * Suffix of the format's own file: `.iso` of `web.iso`. Formats of the same suffix exclude each other in
   * one run.
   */
  readonly suffix?: string;
  /**
   * Where a machine has its root file system, which decides how much memory it needs; `none` for formats that
   * do not boot.
   */
  readonly root: 'memory' | 'medium' | 'none';
  /** `efi`: UEFI starts its program, which `signing:` signs. `any`: on arm64 only. Absent for others. */
  readonly firmware?: 'bios' | 'efi' | 'any';
  /** How `kit run NAME` boots it; absent for formats that it does not boot. */
  readonly run?: RunMethod;
  /** The least memory, in MiB, that it boots in, if `root` alone does not decide that. */
  memoryMiB?(image: BootImage): Promise<number>;
  /** The format's own file, written from its beginning to its end: it may go to standard output. */
  stream?(image: BootImage, place: OutputPlace, work: Work): AsyncIterable<Uint8Array>;
  /** The format's own file, as pieces. */
  content?(image: BootImage, place: OutputPlace, work: Work): Promise<FileContent>;
  /**
   * The format's own file: a file system that a tool makes of the medium's files at `path`, which does not
   * exist yet.
   */
  makeMedium?(path: string, medium: Medium, work: Work): Promise<void>;
}

/**
 * By its own file, which firmware starts; or by its kernel, with the root file system in the initrd
 * (`kernel`) or in the format's own file. `kit run` has LinuxKit's flags that choose between these:
 * `--kernel`, `--squashfs`, `--iso`.
 */
export type RunMethod = 'file' | KernelRoot;
export type KernelRoot = 'kernel' | 'squashfs' | 'erofs' | 'iso';
