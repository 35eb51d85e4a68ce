import { createReadStream } from 'node:fs';
import { readTar } from '../../../lib/archive/tar.ts';
import { partOf } from '../../../lib/volumes/random-access.ts';
import { recognise } from '../../media/recognise.ts';
import { openImage } from '../../pieces/image-file.ts';
import { type SizedFile, type SizedPart, solidPart } from '../report.ts';
import { initrdParts, type NameOf } from './initrd-parts.ts';

/** Smaller members are files, whatever is in them. */
const leastArchive = 64 << 10;

/**
 * The members of a tar, which are known by their content: a kernel, an initrd, a tar such as a layer of
 * `docker save`. All others are files of one part.
 */
export async function tarParts(path: string, title: string, nameOf: NameOf): Promise<SizedPart[]> {
  await using file = await openImage(path);
  const parts: SizedPart[] = [];
  const files: SizedFile[] = [];
  for await (const entry of readTar(createReadStream(path, { highWaterMark: 1 << 20 }), title)) {
    if (entry.type !== 'file' || entry.size === 0) continue;
    const { offset, size } = entry;
    const member = { ...partOf(file, offset, size), size };
    const isWhole = entry.segments === undefined && size >= leastArchive;
    const kind = isWhole ? (await recognise(member)).kind : 'unknown';
    if (kind === 'kernel') parts.push(solidPart('kernel', size, ['kernel']));
    else if (kind === 'cpio') parts.push(...(await initrdParts(member, size, title, nameOf)));
    else if (kind === 'tar') parts.push(await innerTar(path, entry.path, offset, size));
    else files.push({ path: entry.path, bytes: size, unpackedBytes: size });
  }
  return [...parts, ...(files.length > 0 ? [filesPart('files', files)] : [])];
}

async function innerTar(path: string, title: string, start: number, size: number): Promise<SizedPart> {
  const stream = createReadStream(path, { start, end: start + size - 1, highWaterMark: 1 << 20 });
  const files: SizedFile[] = [];
  for await (const entry of readTar(stream, title)) {
    if (entry.type !== 'file' || entry.size === 0) continue;
    files.push({ path: entry.path, bytes: entry.size, unpackedBytes: entry.size });
  }
  return { ...filesPart(title, files), bytes: size };
}

function filesPart(title: string, files: readonly SizedFile[]): SizedPart {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { title, package: null, users: [], bytes, unpackedBytes: bytes, files };
}
