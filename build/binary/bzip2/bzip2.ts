import { ByteSource } from '../../../lib/archive/byte-source.ts';
import { Bits } from './bits.ts';
import { type Block, readBlock } from './block.ts';
import { Checksum } from './checksum.ts';

/** The most compressed bytes of one block, of 900 000 symbols of 20 bits, and its tables. */
const blockBytes = 2_400_000;
const pieceBytes = 1 << 18;

/** Begin a block and the end of a stream: the digits of pi, and of its root. */
const blockMagic = 0x314159265359;
const endMagic = 0x177245385090;

/**
 * Decompresses a file of bzip2: streams one after another, as bzip2 and pbzip2 write them, and zeros behind
 * the last. (The format has no specification; it is that of bzip2 1.0.8.)
 *
 *   "BZh" level    blocks of up to level * 100 000 bytes    end    checksum of all
 *
 * @throws RangeError with a reason for people
 */
export async function* bzip2Decompressed(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const source = new ByteSource(packed);
  try {
    for (let isFirst = true; ; isFirst = false) {
      const head = await source.take(4);
      if (!isFirst && head.every((byte) => byte === 0)) return await checkPadding(source);
      const level = /^BZh([1-9])$/.exec(head.toString('latin1'))?.[1];
      if (level === undefined) throw new RangeError('it is not in the format of bzip2');
      yield* streamOf(source, Number(level) * 100_000);
    }
  } finally {
    await source.close();
  }
}

async function checkPadding(source: ByteSource): Promise<void> {
  for await (const piece of source.stream(Number.MAX_SAFE_INTEGER)) {
    if (piece.some((byte) => byte !== 0))
      throw new RangeError('the compressed data is followed by bytes that are not padding');
  }
}

async function* streamOf(source: ByteSource, limit: number): AsyncGenerator<Buffer> {
  let all = 0;
  // Blocks begin and end at any bit.
  let bit = 0;
  for (;;) {
    const bits = new Bits(await source.peek(blockBytes));
    bits.take(bit);
    const magic = bits.take(24) * 2 ** 24 + bits.take(24);
    const stored = bits.take(16) * 2 ** 16 + bits.take(16);
    if (magic === endMagic) {
      if (stored !== all) throw new RangeError('it is damaged: its checksum is another one');
      await source.take(Math.ceil(bits.position / 8));
      return;
    }
    if (magic !== blockMagic) throw new RangeError('it is damaged');
    const block = readBlock(bits, limit);
    const sum = new Checksum();
    for (const piece of contentOf(block)) {
      sum.add(piece);
      yield piece;
    }
    if (sum.value !== stored) throw new RangeError('it is damaged: its checksum is another one');
    all = ((all << 1) | (all >>> 31)) ^ stored;
    all >>>= 0;
    await source.take(Math.floor(bits.position / 8));
    bit = bits.position % 8;
  }
}

/** Sorted back, with the length behind every four equal bytes as so many more of them. */
function* contentOf({ sorted, origin }: Block): Generator<Buffer> {
  const next = successors(sorted);
  let piece = Buffer.allocUnsafe(pieceBytes);
  let [filled, run, last] = [0, 0, -1];
  let at = next[origin] ?? 0;
  for (let left = sorted.length; left > 0; left -= 1) {
    const byte = sorted[at] ?? 0;
    at = next[at] ?? 0;
    // A repetition has up to 255 bytes.
    if (filled + 256 > pieceBytes) {
      yield piece.subarray(0, filled);
      piece = Buffer.allocUnsafe(pieceBytes);
      filled = 0;
    }
    if (run === 4) {
      piece.fill(last, filled, filled + byte);
      filled += byte;
      run = 0;
      last = -1;
      continue;
    }
    run = byte === last ? run + 1 : 1;
    last = byte;
    piece[filled] = byte;
    filled += 1;
  }
  yield piece.subarray(0, filled);
}

/** For each row of the sorted rotations the one that is rotated by one more byte. */
function successors(sorted: Uint8Array): Uint32Array {
  const starts = new Uint32Array(257);
  const size = sorted.length;
  // Loops by number: the iterators of arrays take several times as long here.
  for (let at = 0; at < size; at += 1)
    starts[(sorted[at] ?? 0) + 1] = (starts[(sorted[at] ?? 0) + 1] ?? 0) + 1;
  for (let byte = 1; byte <= 256; byte += 1) starts[byte] = (starts[byte] ?? 0) + (starts[byte - 1] ?? 0);
  const next = new Uint32Array(size);
  for (let at = 0; at < size; at += 1) {
    const byte = sorted[at] ?? 0;
    const place = starts[byte] ?? 0;
    starts[byte] = place + 1;
    next[place] = at;
  }
  return next;
}
