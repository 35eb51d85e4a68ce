import type { FilePiece, Piece } from '../archive/piece.ts';
import type { Arch } from '../work.ts';

/**
 * A machine's image before it takes the form of a format. Parts that cost something are made when the first format
 * asks for them, and once for all formats of a run.
 */
export interface BootImage {
  readonly arch: Arch;
  readonly kernel: FilePiece;
  readonly cmdline: string;
  /** The least memory, in MiB, that it boots in with its root in memory. */
  readonly memoryMiB: number;
  /** Root in memory: the whole initrd, microcode first. */
  initrd(): Promise<readonly Piece[]>;
}
