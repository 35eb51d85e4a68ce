import { type TarEntry, tarBytes } from '../../lib/archive/tar.ts';
import type { BootImage } from '../image/plan/boot-image.ts';
import { createdTime } from '../image/plan/created.ts';
import { type Piece, piecesBytes, slicePieces } from '../pieces/piece.ts';
import { pieceEntry } from '../pieces/piece-entry.ts';
import type { FileContent } from './output.ts';

/** Kernel, initrd and command line in one archive, with the microcode as a file beside the initrd. */
export async function tarKernelInitrd(image: BootImage): Promise<FileContent> {
  const initrd = await image.initrd();
  return () => tarBytes(entries(image, initrd));
}

function* entries(image: BootImage, whole: readonly Piece[]): Generator<TarEntry> {
  const { kernel, ucode, cmdline } = image;
  const before = ucode ? ucode.bytes + (-ucode.bytes & 3) : 0;
  yield entry('kernel', [kernel]);
  yield entry('initrd.img', slicePieces(whole, before, piecesBytes(whole)));
  yield entry('cmdline', [Buffer.from(cmdline)]);
  if (ucode) yield entry('ucode.cpio', [ucode]);
}

function entry(path: string, pieces: readonly Piece[]): TarEntry {
  return pieceEntry(path, pieces, { mtime: createdTime });
}
