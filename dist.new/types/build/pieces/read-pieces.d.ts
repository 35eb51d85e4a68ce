import { type FileHandle } from 'node:fs/promises';
import type { HolePiece, Piece } from './piece.ts';
/** The most that is read at once. */
export declare const chunkBytes: number;
/** Pieces in their order: all of them, or one at a time as they are made. */
export type Pieces = Iterable<Piece> | AsyncIterable<Piece>;
/**
 * The bytes of the pieces, and holes as they are. Files go through one buffer of 1 MiB: a chunk is valid
 * until the next one is requested. @throws KitError for a file that is gone or shorter than its piece
 */
export declare function readPieces(pieces: Pieces, signal?: AbortSignal): AsyncGenerator<Uint8Array | HolePiece>;
/** Like `readPieces`, with zeros for holes. */
export declare function readBytes(pieces: Pieces, signal?: AbortSignal): AsyncGenerator<Uint8Array>;
/** All bytes in memory: for small content. */
export declare function readAll(pieces: Pieces): Promise<Buffer>;
/** The sha256 of the bytes, 32 bytes long. */
export declare function hashPieces(pieces: Pieces, signal?: AbortSignal): Promise<Buffer>;
/** Reads exactly `count` bytes from `position`; false if the file ends before. */
export declare function fill(file: FileHandle, buffer: Buffer, count: number, position: number): Promise<boolean>;
