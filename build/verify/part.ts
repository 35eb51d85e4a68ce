import { createReadStream } from 'node:fs';
import { readTar } from '../../lib/archive/tar.ts';
import { blockSize, isTar } from '../../lib/archive/tar-header.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { isCpio } from '../binary/cpio/header.ts';
import { readCpio } from '../binary/cpio/read-cpio.ts';
import { openImage } from '../pieces/image-file.ts';

/**
 * The path of the entry that lies at an offset of an initrd or a tar, header and padding included; undefined
 * for other formats, and between entries.
 */
export async function partAt(path: string, offset: number): Promise<string | undefined> {
  await using file = await openImage(path);
  const head = await file.read(0, blockSize);
  for await (const { start, end, name } of isCpio(head) ? cpioParts(file, path) : tarParts(head, path)) {
    if (offset < start) return undefined;
    if (offset < end) return name;
  }
  return undefined;
}

interface Part {
  readonly name: string;
  readonly start: number;
  /** Where the next one may begin. */
  readonly end: number;
}

/** What of kit's initrds is compressed. */
const stage1 = 'stage 1 (bin/, init, shell, m/)';

/** Stops at the first bytes that are not a cpio archive: a compressed one may follow microcode. */
async function* cpioParts(...image: Parameters<typeof readCpio>): AsyncGenerator<Part> {
  try {
    for await (const { path, frame, headerAt, at, bytes } of readCpio(...image)) {
      if (!frame) yield { name: path, start: headerAt, end: roundUp(at + bytes, 4) };
      else yield { name: stage1, start: frame.at, end: frame.at + frame.bytes };
    }
  } catch (thrown) {
    if (!(thrown instanceof KitError)) throw thrown;
  }
}

async function* tarParts(head: Buffer, path: string): AsyncGenerator<Part> {
  if (!isTar(head)) return;
  let start = 0;
  for await (const entry of readTar(createReadStream(path, { highWaterMark: 1 << 20 }), path)) {
    const stored = entry.segments?.reduce((sum, { size }) => sum + size, 0) ?? entry.size;
    const end = roundUp(entry.offset + stored, blockSize);
    yield { name: entry.path, start, end };
    start = end;
  }
}

const roundUp = (value: number, unit: number): number => Math.ceil(value / unit) * unit;
