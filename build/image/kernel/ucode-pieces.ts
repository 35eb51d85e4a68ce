import type { FilePiece, Piece } from '../../pieces/piece.ts';

/** The microcode that an initrd begins with, padded to a multiple of 4 bytes; nothing without one. */
export function ucodePieces(ucode: FilePiece | undefined): Piece[] {
  return ucode ? [ucode, Buffer.alloc(-ucode.bytes & 3)] : [];
}
