import { bits, context, der, octets, sequence } from '../../binary/der/write.ts';
import { authenticodePlaces, certificateTable, hashedRanges } from '../../binary/pe/authenticode.ts';
import { type Piece, padded, piecesBytes, slicePieces } from '../../pieces/piece.ts';
import { hashPieces, readAll } from '../../pieces/read-pieces.ts';
import { ids, sha256Algorithm } from './identifiers.ts';
import { contentInfo, type EfiSigner, signValue } from './signed-data.ts';

/** Bytes in which the headers of an EFI program lie. */
export const efiHeadBytes = 64 << 10;

/**
 * An EFI program with an Authenticode signature at its end, so that firmware with Secure Boot starts it where
 * the certificate is in `db`. One that it has already is replaced. @throws KitError for another file
 */
export async function signProgram(
  program: readonly Piece[],
  name: string,
  signer: EfiSigner,
): Promise<Piece[]> {
  const head = await readAll(slicePieces(program, 0, efiHeadBytes));
  const places = authenticodePlaces(head, name);
  const end = places.table.bytes > 0 ? places.table.start : piecesBytes(program);
  const unsigned = padded(slicePieces(program, 0, end), { unit: 8 });
  const bytes = piecesBytes(unsigned);
  const ranges = hashedRanges(places, bytes).flatMap(([from, to]) => slicePieces(unsigned, from, to));
  const table = certificateTable(programSignature(await hashPieces(ranges), signer));
  head.writeUInt32LE(0, places.checksum);
  head.writeUInt32LE(bytes, places.directory);
  head.writeUInt32LE(table.length, places.directory + 4);
  const first = head.subarray(0, Math.min(head.length, bytes));
  return [first, ...slicePieces(unsigned, first.length, bytes), table];
}

/** The PKCS#7 value of a program. @param hash of it, by sha256 */
export const programSignature = (hash: Uint8Array, signer: EfiSigner): Buffer =>
  contentInfo(signValue(ids.indirectData, indirectData(hash), signer));

/**
 * SpcIndirectDataContent: the hash of a PE image. The file that SpcPeImageData could name is empty.
 */
function indirectData(hash: Uint8Array): Buffer {
  const file = context(0, context(2, der(0x80)));
  const image = sequence(bits(Buffer.alloc(0)), file);
  return sequence(sequence(ids.peImageData, image), sequence(sha256Algorithm, octets(hash)));
}
