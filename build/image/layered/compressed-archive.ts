import { statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CpioEntry, cpioPieces } from '../../binary/cpio/cpio-pieces.ts';
import { zstdFrame } from '../../binary/zstd/frame.ts';
import { derivedFolder } from '../../cache/derived.ts';
import type { Piece } from '../../pieces/piece.ts';
import { hashPieces, readAll } from '../../pieces/read-pieces.ts';
import type { Work } from '../../work.ts';

/**
 * An archive of these entries, compressed by zstd and padded to a multiple of 4 bytes, so that another may
 * follow. Compressed once for each content. Every kernel that mounts kit's layers unpacks it: those are
 * EROFS with zstd, which is younger than zstd for initramfs (CONFIG_RD_ZSTD, on unless turned off).
 */
export async function compressedArchive(entries: Iterable<CpioEntry>, work: Work): Promise<Piece[]> {
  const pieces = cpioPieces(entries);
  const key = `archive ${process.versions.zstd} ${(await hashPieces(pieces, work.signal)).toString('hex')}`;
  const folder = await derivedFolder(work, key, async (made) =>
    writeFile(join(made, 'archive.zst'), zstdFrame(await readAll(pieces))),
  );
  const file = join(folder, 'archive.zst');
  const { size: bytes } = statSync(file);
  return [{ file, bytes }, Buffer.alloc(-bytes & 3)];
}
