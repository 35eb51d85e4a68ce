import { type TarEntry, tarEntry } from '../../lib/archive/tar-entry.ts';
import { type Piece, piecesBytes } from './piece.ts';
import { readBytes } from './read-pieces.ts';

/** A file of an archive, composed of pieces, which are read when the archive is written. */
export function pieceEntry(path: string, pieces: readonly Piece[], part: Partial<TarEntry> = {}): TarEntry {
  return tarEntry({ ...part, path, size: piecesBytes(pieces), body: readBytes(pieces) });
}
