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
export declare function pieceBytes(piece: Piece): number;
/** Total length of pieces in bytes. */
export declare function piecesBytes(pieces: Iterable<Piece>): number;
/** The pieces, and a hole that brings them to at least `bytes`, and to a multiple of `unit`. */
export declare function padded(pieces: readonly Piece[], { bytes, unit }: {
    bytes?: number | undefined;
    unit?: number | undefined;
}): Piece[];
/** The bytes from `start` to `end` (exclusive) of the concatenated pieces; fewer at their end. */
export declare function slicePieces(pieces: Iterable<Piece>, start: number, end: number): Piece[];
