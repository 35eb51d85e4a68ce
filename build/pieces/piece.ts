/**
 * Part of a file that is to be written: bytes in memory, a range of a file on the disk, or a hole, which
 * reads as zeros and takes no space on the disk. Large files are composed of pieces without being read.
 */
export type Piece = Uint8Array | FilePiece | HolePiece;

export interface FilePiece {
  readonly file: string;
  readonly bytes: number;
  /** Position in the file; 0 when absent. */
  readonly offset?: number;
}

export interface HolePiece {
  /** Bytes, all of them zero. */
  readonly hole: number;
}

/** Length of a piece in bytes. */
export function pieceBytes(piece: Piece): number {
  if ('file' in piece) return piece.bytes;
  return 'hole' in piece ? piece.hole : piece.length;
}

/** Total length of pieces in bytes. */
export function piecesBytes(pieces: Iterable<Piece>): number {
  let sum = 0;
  for (const piece of pieces) sum += pieceBytes(piece);
  return sum;
}

/** The pieces, and a hole that brings them to at least `bytes`, and to a multiple of `unit`. */
export function padded(pieces: readonly Piece[], { bytes = 0, unit = 1 }): Piece[] {
  const length = piecesBytes(pieces);
  const hole = Math.ceil(Math.max(length, bytes) / unit) * unit - length;
  return hole > 0 ? [...pieces, { hole }] : [...pieces];
}

/** The bytes from `start` to `end` (exclusive) of the concatenated pieces; fewer at their end. */
export function slicePieces(pieces: Iterable<Piece>, start: number, end: number): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    if (at >= end) break;
    const bytes = pieceBytes(piece);
    const [from, to] = [Math.max(start - at, 0), Math.min(end - at, bytes)];
    if (from < to) found.push(slicePiece(piece, from, to));
    at += bytes;
  }
  return found;
}

function slicePiece(piece: Piece, from: number, to: number): Piece {
  if ('file' in piece) return { file: piece.file, bytes: to - from, offset: (piece.offset ?? 0) + from };
  return 'hole' in piece ? { hole: to - from } : piece.subarray(from, to);
}
