import { join } from 'node:path';
import { type TarEntry, tarBytes } from '../../lib/archive/tar.ts';
import type { BootImage } from '../image/plan/boot-image.ts';
import { createdTime } from '../image/plan/created.ts';
import { type Piece, piecesBytes, slicePieces } from '../pieces/piece.ts';
import { pieceEntry } from '../pieces/piece-entry.ts';
import { writePieces } from '../pieces/write-pieces.ts';
import type { Output } from './output.ts';

/** Kernel, initrd and command line in one archive, the microcode beside the initrd and not in it. */
export const tarKernelInitrd: Output = {
  async write(image, { dir, name }, { signal }) {
    const path = join(dir, `${name}-initrd.tar`);
    const initrd = await image.initrd();
    return [{ path, bytes: await writePieces(path, () => tarBytes(entries(image, initrd)), signal) }];
  },
};

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
