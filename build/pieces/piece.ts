/**
 * What large files are put together from without being read: bytes in memory, a stretch of a file on disk, or a hole,
 * which reads as zeros and takes no room on the disk.
 */
export type Piece = Uint8Array | FilePiece | HolePiece;

export interface FilePiece {
  readonly file: string;
  readonly bytes: number;
  /** Where in the file it begins; 0 when absent. */
  readonly offset?: number;
}

export interface HolePiece {
  /** Bytes, all of them zero. */
  readonly hole: number;
}

/** Length of a piece, read or not. */
export function pieceBytes(piece: Piece): number {
  if ('file' in piece) return piece.bytes;
  return 'hole' in piece ? piece.hole : piece.length;
}

/** Length of all of them together. */
export function piecesBytes(pieces: Iterable<Piece>): number {
  let sum = 0;
  for (const piece of pieces) sum += pieceBytes(piece);
  return sum;
}

/** The pieces with a hole at their end that brings them to `bytes`, or to a multiple of `unit`. */
export function padded(pieces: readonly Piece[], { bytes = 0, unit = 1 }): Piece[] {
  const length = piecesBytes(pieces);
  const hole = Math.ceil(Math.max(length, bytes) / unit) * unit - length;
  return hole > 0 ? [...pieces, { hole }] : [...pieces];
}

/** The bytes from `start` to `end` (exclusive) of what the pieces are together; beyond their end there is nothing. */
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
