import { createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { fixedBound } from '../../binary/compressed/bound.ts';
import { unpacked } from '../../binary/compressed/compression.ts';
import { isGzip } from '../../binary/gzip/magic.ts';
import { digestOf } from '../../cache/blobs.ts';
import { derivedFolder } from '../../cache/derived.ts';
import type { FilePiece } from '../../pieces/piece.ts';
import type { Work } from '../../work.ts';

/**
 * The uncompressed kernel, for boot loaders that cannot decompress one: out of a gzip file, or out of the
 * gzip payload of a bzImage.
 * @throws KitError for a kernel with another compression, or none
 */
export async function decompressedKernel(kernel: FilePiece, work: Work): Promise<FilePiece> {
  const { digest } = await digestOf(kernel.file);
  const folder = await derivedFolder(work, `decompressed kernel 1 ${digest}`, async (made) => {
    const { start, end } = await payload(kernel.file);
    try {
      await pipeline(
        unpacked(kernel.file, 'gzip', kernelLimit, { start, end: end - 1 }),
        createWriteStream(join(made, 'kernel')),
        { signal: work.signal },
      );
    } catch (thrown) {
      work.signal.throwIfAborted();
      throw new KitError(`Cannot decompress the kernel: ${reasonOf(thrown)}`, { cause: thrown });
    }
  });
  const file = join(folder, 'kernel');
  return { file, bytes: (await stat(file)).size };
}

/** Ten times what kernels with everything built in have. */
const kernelLimit = fixedBound(1024);

/**
 * Finds the gzip stream. In a bzImage (Documentation/arch/x86/boot.rst), from boot protocol 2.08 on:
 *
 *   0x1f1 setup_sects     0x1fe 0xaa55            0x202 "HdrS"
 *   0x206 version         0x248 payload_offset    0x24c payload_length
 *
 * payload_offset counts from the end of the set-up code, which is setup_sects + 1 sectors long.
 */
async function payload(file: string): Promise<{ start: number; end: number }> {
  const head = Buffer.alloc(0x250);
  await using handle = await open(file);
  const { size } = await handle.stat();
  await handle.read(head, 0, head.length, 0);
  if (isGzip(head)) return { start: 0, end: size };
  if (head.readUInt16LE(0x1fe) !== 0xaa55 || head.toString('latin1', 0x202, 0x206) !== 'HdrS') {
    throw wrong('it is neither a gzip file nor a bzImage');
  }
  if (head.readUInt16LE(0x206) < 0x208) throw wrong('its boot protocol is older than 2.08');
  const start = head.readUInt32LE(0x248) + ((head[0x1f1] || 4) + 1) * 512;
  const end = start + head.readUInt32LE(0x24c);
  if (end > size) throw wrong('its payload is longer than the file');
  const magic = Buffer.alloc(6);
  await handle.read(magic, 0, magic.length, start);
  if (!isGzip(magic)) throw wrong(`it is compressed with ${compressor(magic)}, not with gzip`);
  // The payload ends with 4 bytes of its uncompressed length, which are not part of the stream.
  return { start, end: end - 4 };
}

function compressor(magic: Buffer): string {
  const known: readonly (readonly [hex: string, name: string])[] = [
    ['fd377a585a00', 'xz'],
    ['28b52ffd', 'zstd'],
    ['02214c18', 'lz4'],
    ['425a68', 'bzip2'],
    ['894c5a4f', 'lzo'],
    ['5d0000', 'lzma'],
  ];
  return known.find(([hex]) => magic.toString('hex').startsWith(hex))?.[1] ?? 'something unknown';
}

function wrong(why: string): KitError {
  return new KitError(`Cannot decompress the kernel: ${why}`, {
    hint: 'without --decompress-kernel it is taken as it is',
  });
}
