import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { refuseLongCommandLine } from '../image/plan/command-line.ts';
import { type Piece, piecesBytes } from '../pieces/piece.ts';
import { writePieces } from '../pieces/write-pieces.ts';
import type { OutputFile, OutputPlace } from './output.ts';

/** What a hypervisor that starts a kernel is given: endings of files and what is in them. */
interface BootParts {
  readonly kernel: Piece;
  readonly initrd: { readonly suffix: 'initrd.img' | 'stage1.img'; readonly pieces: readonly Piece[] };
  readonly cmdline: string;
}

/**
 * Writes `<name>-kernel`, the initrd and `<name>-cmdline`. What is empty is no file, as with LinuxKit, and not the file of
 * an earlier build either: whoever boots would take it for this one's.
 */
export async function writeBootFiles(
  { kernel, initrd, cmdline }: BootParts,
  { dir, name }: OutputPlace,
  signal: AbortSignal,
): Promise<OutputFile[]> {
  refuseLongCommandLine(cmdline);
  const parts: readonly (readonly [string, readonly Piece[]])[] = [
    ['kernel', [kernel]],
    [initrd.suffix, initrd.pieces],
    ['cmdline', [Buffer.from(cmdline)]],
  ];
  const files = [];
  for (const [suffix, pieces] of parts) {
    const path = join(dir, `${name}-${suffix}`);
    if (piecesBytes(pieces) === 0) await rm(path, { force: true });
    else files.push({ path, bytes: await writePieces(path, pieces, signal) });
  }
  return files;
}
