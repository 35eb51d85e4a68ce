import { type Piece, pieceBytes } from '../../pieces/piece.ts';

/** Blocks `first` up to `end`, which is not one of them. */
export interface BlockRange {
  readonly first: number;
  readonly end: number;
}

/** The blocks of a disk in which there is anything but holes, in stretches as long as they come. */
export function filledRanges(disk: Iterable<Piece>, blockBytes: number): BlockRange[] {
  const runs: { first: number; end: number }[] = [];
  let at = 0;
  for (const piece of disk) {
    const bytes = pieceBytes(piece);
    if (bytes > 0 && !('hole' in piece)) {
      const [first, end] = [Math.floor(at / blockBytes), Math.ceil((at + bytes) / blockBytes)];
      const last = runs.at(-1);
      if (last && first <= last.end) last.end = Math.max(last.end, end);
      else runs.push({ first, end });
    }
    at += bytes;
  }
  return runs;
}

/** The numbers of all blocks of the runs. */
export function blockNumbers(runs: readonly BlockRange[]): number[] {
  return runs.flatMap(({ first, end }) => range(first, end));
}

/** `first` up to `end`, which is not one of them. */
export function range(first: number, end: number): number[] {
  return Array.from({ length: Math.max(end - first, 0) }, (_, at) => first + at);
}
