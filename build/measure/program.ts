import { statSync } from 'node:fs';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { authenticodePlaces, hashedRanges } from '../binary/pe/authenticode.ts';
import { type PeFile, type PeSection, readPe } from '../binary/pe/pe.ts';
import { type Piece, piecesBytes, slicePieces } from '../pieces/piece.ts';
import { hashPieces, readAll } from '../pieces/read-pieces.ts';
import { efiHeadBytes } from '../signing/efi/sign-program.ts';

/** An EFI program, or one inside of another, with its headers. */
export interface Program {
  readonly name: string;
  readonly pieces: readonly Piece[];
  readonly head: Buffer;
  readonly pe: PeFile;
}

/** @throws KitError for a file that cannot be read, or is no EFI program */
export function programAt(path: string): Promise<Program> {
  return programOf(path, [{ file: path, bytes: sizeOf(path) }]);
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch (thrown) {
    throw new KitError(`Cannot read "${path}": ${reasonOf(thrown)}`, { cause: thrown });
  }
}

export async function programOf(name: string, pieces: readonly Piece[]): Promise<Program> {
  const bytes = Math.min(efiHeadBytes, piecesBytes(pieces));
  const head = await readAll(slicePieces(pieces, 0, bytes));
  return { name, pieces, head, pe: readPe(head, name) };
}

export const sectionNamed = ({ pe }: Program, name: string): PeSection | undefined =>
  pe.sections.find((section) => section.name === name);

/**
 * A section as it is in memory, where zeros follow what the file has.
 * @throws KitError for a file that is cut short
 */
export function sectionInMemory({ name, pieces }: Program, section: PeSection): Piece[] {
  const { fileOffset, fileBytes, virtualBytes } = section;
  const end = fileOffset + Math.min(fileBytes, virtualBytes);
  if (end > piecesBytes(pieces))
    throw new KitError(`Cannot use "${name}" as an EFI program: it is cut short in "${section.name}"`);
  const missing = Math.max(0, virtualBytes - fileBytes);
  return [...slicePieces(pieces, fileOffset, end), ...(missing > 0 ? [{ hole: missing }] : [])];
}

/**
 * The hash that firmware measures when it loads a program, 32 bytes: that of its signature (Authenticode).
 * @throws KitError for a program whose signatures would be longer than it is
 */
export function authenticodeHash({ name, pieces, head }: Program): Promise<Buffer> {
  const places = authenticodePlaces(head, name);
  const end = piecesBytes(pieces) - places.table.bytes;
  if (end < places.directory + 8)
    throw new KitError(`Cannot use "${name}" as an EFI program: its table of certificates is damaged`);
  return hashPieces(hashedRanges(places, end).flatMap(([from, to]) => slicePieces(pieces, from, to)));
}
