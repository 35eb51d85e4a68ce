import type { TarType } from '../../../lib/archive/tar.ts';
import { type Piece, pieceBytes, piecesBytes } from '../../pieces/piece.ts';
import { typeBits } from '../../tree/type-bits.ts';
import { type Device, entryHeader, firstInode, noDevice, trailer } from './header.ts';

/** A file of an archive, owned by root, with mtime 0. */
export interface CpioEntry {
  /** `layers/index`: no leading `/`. */
  readonly path: string;
  readonly type: Exclude<TarType, 'hardlink'>;
  /** Permission bits. */
  readonly mode: number;
  /** A file's content, or a link's target. */
  readonly body?: Piece;
  readonly device?: Device;
}

/** An archive of these entries. Bodies may be files on the disk, which are not read here. */
export function cpioPieces(entries: Iterable<CpioEntry>): Piece[] {
  const pieces: Piece[] = [];
  let inode = firstInode;
  for (const entry of entries) {
    pieces.push(...entryPieces(entry, inode));
    inode += 1;
  }
  return [...pieces, trailer(piecesBytes(pieces))];
}

function entryPieces(entry: CpioEntry, inode: number): Piece[] {
  const { path, type, mode, body = Buffer.alloc(0), device = noDevice } = entry;
  const size = pieceBytes(body);
  const nlink = type === 'directory' ? 2 : 1;
  return [
    entryHeader({ path, inode, mode: typeBits[type] | mode, nlink, size, device }),
    body,
    Buffer.alloc(-size & 3),
  ];
}
