import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { ByteSource } from '../../../lib/archive/byte-source.ts';

const deflateRaw = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.deflateRaw);

const blockBytes = 1 << 20;
/** How far back deflate looks. */
const windowBytes = 1 << 15;

/**
 * The stream as one gzip member (RFC 1952), compressed on all processors: blocks of 1 MiB, each with the end of the one
 * before as its dictionary and ended at a byte (RFC 1951 3.2.4), so that they can follow each other. The bytes depend
 * neither on the number of processors nor on the pieces that the stream comes in.
 */
export async function* gzipBytes(
  stream: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const source = new ByteSource(stream);
  const pending: Promise<Buffer>[] = [];
  let [crc, length] = [0, 0];
  let before: Uint8Array = new Uint8Array();
  try {
    // No name and no time; 255: the system is unknown.
    yield Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
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
  // What `take` gives may be a part of its stream's own buffer, which is used again.
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
