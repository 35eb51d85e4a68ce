import { statSync } from 'node:fs';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kernelFileSuffixes } from '../../outputs/kernel-files.ts';
import type { Piece } from '../../pieces/piece.ts';
import { writePieces } from '../../pieces/write-pieces.ts';
import type { Work } from '../../work.ts';

/** The files of an image in format kernel+initrd; absolute paths. */
export interface KernelImage {
  /** Null: it has none, and runs as a container only. */
  readonly kernel: string | null;
  readonly initrd: string;
  readonly cmdline: string;
}

/** Writes the image with a segment after its initrd; returns the common prefix of its files. */
export async function writeAuditedImage(
  { kernel, initrd, cmdline }: KernelImage,
  segment: readonly Piece[],
  folder: string,
  { signal }: Pick<Work, 'signal'>,
): Promise<string> {
  const start = join(folder, 'audit');
  const own = { file: initrd, bytes: statSync(initrd).size };
  // Archives begin at multiples of 4 bytes.
  const padding = Buffer.alloc(-own.bytes & 3);
  await writePieces(`${start}${kernelFileSuffixes.initrd}`, [own, padding, ...segment], signal);
  await writeFile(`${start}${kernelFileSuffixes.cmdline}`, cmdline);
  if (kernel !== null) await symlink(kernel, `${start}${kernelFileSuffixes.kernel}`);
  return start;
}
