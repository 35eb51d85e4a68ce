import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { ByteSource } from '../../../lib/archive/byte-source.ts';
import { memberHeader } from './magic.ts';

const deflateRaw = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.deflateRaw);

const blockBytes = 1 << 20;
/** Deflate's window. */
const windowBytes = 1 << 15;

/**
 * The stream as one gzip member (RFC 1952), compressed on all processors: blocks of 1 MiB, each with the end
 * of the one before as its dictionary, and flushed to a byte boundary (RFC 1951 3.2.4), so that they can be
 * concatenated. The bytes depend neither on the number of processors nor on how the stream is split into
 * pieces.
 */
export async function* gzipBytes(
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const source = new ByteSource(stream);
  const pending: Promise<Buffer>[] = [];
  let [crc, length] = [0, 0];
  let before: Uint8Array = new Uint8Array();
  try {
    yield memberHeader();
    for (;;) {
      const block = await source.take(blockBytes);
      if (block.length === 0) break;
      crc = zlib.crc32(block, crc);
      length += block.length;
      pending.push(deflateBlock(block, before));
      before = block.subarray(-windowBytes);
      if (pending.length > availableParallelism()) yield await next(pending);
    }
    while (pending.length > 0) yield await next(pending);
  } finally {
    await Promise.allSettled(pending);
    await source.close();
  }
  const end = Buffer.alloc(10);
  // An empty last block.
  end.writeUInt16LE(0x0003, 0);
  end.writeUInt32LE(crc, 2);
  end.writeUInt32LE(length % 2 ** 32, 6);
  yield end;
}

function deflateBlock(block: Buffer, dictionary: Uint8Array): Promise<Buffer> {
  // `take` may return a part of the stream's own buffer, which the stream reuses.
  const own = Buffer.from(block);
  return deflateRaw(own, {
    finishFlush: zlib.constants.Z_SYNC_FLUSH,
    ...(dictionary.length > 0 && { dictionary: Buffer.from(dictionary) }),
  });
}

async function next(pending: Promise<Buffer>[]): Promise<Buffer> {
  const first = await pending[0];
  pending.shift();
  return first ?? Buffer.alloc(0);
}
