import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BootImage } from '../image/plan/boot-image.ts';
import { refuseLongCommandLine } from '../image/plan/command-line.ts';
import { type Piece, piecesBytes } from '../pieces/piece.ts';
import { writePieces } from '../pieces/write-pieces.ts';
import type { Work } from '../work.ts';
import type { OutputFile, OutputFormat, OutputPlace } from './output.ts';

/**
 * Suffixes of the files for direct kernel boot. The initrd that finds its root on a medium is `stage1`, not
 * LinuxKit's `-initrd.img`: that is the whole initrd of kernel+initrd, and one run may build both formats.
 */
export const kernelFileSuffixes = {
  kernel: '-kernel',
  initrd: '-initrd.img',
  stage1: '-stage1.img',
  cmdline: '-cmdline',
} as const;

/** The suffixes of all files of a format. */
export function suffixesOf({ beside, hasKernelFiles = false, root, suffix }: OutputFormat): string[] {
  const { kernel, cmdline } = kernelFileSuffixes;
  return [
    ...(beside ? suffixesOf(beside) : []),
    ...(hasKernelFiles ? [kernel, initrdSuffix(root), cmdline] : []),
    ...(suffix === undefined ? [] : [suffix]),
  ];
}

const initrdSuffix = (root: OutputFormat['root']): string =>
  root === 'medium' ? kernelFileSuffixes.stage1 : kernelFileSuffixes.initrd;

/**
 * Writes the files for direct kernel boot. An empty initrd or command line has no file, as with LinuxKit, and
 * that of an earlier build is removed: it would be booted with this kernel. Without a kernel in the manifest
 * there is no kernel file, and one that is there stays: it may be the user's own.
 */
export async function writeKernelFiles(
  root: OutputFormat['root'],
  image: BootImage,
  { dir, name }: OutputPlace,
  { signal, progress }: Work,
): Promise<OutputFile[]> {
  const { hasKernel, cmdline } = image;
  if (!hasKernel) progress.line('The manifest names no kernel: the image is for a kernel of your own');
  const initrd = root === 'medium' ? (await image.medium()).initrd : await image.initrd();
  refuseLongCommandLine(cmdline);
  const parts: readonly (readonly [string, readonly Piece[]])[] = [
    ...(hasKernel ? [[kernelFileSuffixes.kernel, [image.kernel]] as const] : []),
    [initrdSuffix(root), initrd],
    [kernelFileSuffixes.cmdline, [Buffer.from(cmdline)]],
  ];
  const files = [];
  for (const [suffix, pieces] of parts) {
    const path = join(dir, `${name}${suffix}`);
    if (piecesBytes(pieces) === 0) await rm(path, { force: true });
    else files.push({ path, bytes: await writePieces(path, pieces, signal) });
  }
  return files;
}
