import type { BootImage } from '../image/plan/boot-image.ts';
import type { Work } from '../work/work.ts';

export interface OutputFile {
  readonly path: string;
  readonly bytes: number;
}

/** Where the files go: `<dir>/<name>-…`. */
export interface OutputPlace {
  /** Absolute; made when missing. */
  readonly dir: string;
  readonly name: string;
  /** Bytes that disks are to have, when the user says so. */
  readonly size?: number | undefined;
}

/** One format of `kit build`. */
export interface Output {
  /** Where a machine has its root file system: `memory` when absent. It decides how much memory it needs. */
  readonly root?: 'memory' | 'medium' | 'none';
  /** The least memory, in MiB, that it boots in, where that follows from more than `root`. */
  memoryMiB?(image: BootImage): Promise<number>;
  /** The ending of the file that only this format may write: `.iso`. Two formats with the same exclude each other. */
  readonly own?: string;
  /** Formats that are one file, made from its beginning to its end, can go to any place. */
  stream?(image: BootImage, place: OutputPlace, work: Work): AsyncIterable<Uint8Array>;
  /** Files appear whole or not at all; those that are there and right are left alone. */
  write(image: BootImage, place: OutputPlace, work: Work): Promise<OutputFile[]>;
}
