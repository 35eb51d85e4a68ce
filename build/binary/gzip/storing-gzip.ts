import { constants, crc32, deflateRawSync } from 'node:zlib';
import type { HolePiece } from '../../pieces/piece.ts';
import { chunkBytes, type Pieces, readPieces } from '../../pieces/read-pieces.ts';
import { memberHeader } from './magic.ts';

/**
 * A gzip file (RFC 1952) of pieces that are compressed already: their bytes are stored, and only the holes
 * shrink, to a thousandth. It takes no longer than reading, and the bytes do not depend on the version of
 * zlib or the processor.
 */
export async function* storingGzip(pieces: Pieces, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  yield memberHeader();
  let [sum, bytes] = [0, 0];
  for await (const chunk of readPieces(pieces, signal)) {
    for (const part of 'hole' in chunk ? holeParts(chunk) : dataParts(chunk)) {
      sum = crc32(part.plain, sum);
      bytes += part.plain.length;
      yield* part.blocks;
    }
  }
  const tail = Buffer.alloc(8);
  tail.writeUInt32LE(sum, 0);
  tail.writeUInt32LE(bytes % 2 ** 32, 4);
  yield storedHead(0, true);
  yield tail;
}

/** Some bytes, and deflate blocks for them (RFC 1951) that begin and end at a byte boundary. */
interface Part {
  readonly plain: Uint8Array;
  readonly blocks: readonly Uint8Array[];
}

/** The most that a stored block holds. */
const storedLimit = 0xffff;

function* dataParts(chunk: Uint8Array): Generator<Part> {
  for (let at = 0; at < chunk.length; at += storedLimit) {
    const plain = chunk.subarray(at, at + storedLimit);
    yield { plain, blocks: [storedHead(plain.length), plain] };
  }
}

function storedHead(length: number, isLast = false): Buffer {
  const head = Buffer.from([isLast ? 1 : 0, 0, 0, 0, 0]);
  head.writeUInt16LE(length, 1);
  head.writeUInt16LE(~length & 0xffff, 3);
  return head;
}

const zeros = Buffer.alloc(chunkBytes);
let wholeZeros: Uint8Array | undefined;

function* holeParts({ hole }: HolePiece): Generator<Part> {
  wholeZeros ??= deflated(zeros);
  for (let left = hole; left > 0; left -= chunkBytes) {
    const plain = zeros.subarray(0, left);
    yield { plain, blocks: [left >= chunkBytes ? wholeZeros : deflated(plain)] };
  }
}

/** Zeros have one best match, the byte before: every implementation of deflate finds it. */
function deflated(plain: Uint8Array): Uint8Array {
  return deflateRawSync(plain, { level: 9, finishFlush: constants.Z_SYNC_FLUSH });
}
