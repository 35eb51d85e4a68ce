import { type Piece, pieceBytes } from '../../pieces/piece.ts';

/** The blocks from `first` up to and without `end`. */
export interface BlockRange {
  readonly first: number;
  readonly end: number;
}

/** The blocks of a disk that hold anything but holes; adjacent ones are one range. */
export function filledRanges(disk: Iterable<Piece>, blockBytes: number): BlockRange[] {
  const ranges: { first: number; end: number }[] = [];
  let at = 0;
  for (const piece of disk) {
    const bytes = pieceBytes(piece);
    if (bytes > 0 && !('hole' in piece)) {
      const [first, end] = [Math.floor(at / blockBytes), Math.ceil((at + bytes) / blockBytes)];
      const last = ranges.at(-1);
      if (last && first <= last.end) last.end = Math.max(last.end, end);
      else ranges.push({ first, end });
    }
    at += bytes;
  }
  return ranges;
}

/** The numbers of all blocks of the ranges. */
export function blockNumbers(ranges: readonly BlockRange[]): number[] {
  return ranges.flatMap(({ first, end }) => range(first, end));
}

/** The numbers from `first` up to and without `end`. */
export function range(first: number, end: number): number[] {
  return Array.from({ length: Math.max(end - first, 0) }, (_, at) => first + at);
}
