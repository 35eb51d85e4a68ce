import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { lstat, mkdir, mkdtemp, open, readdir, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readCpio } from '../../build/binary/cpio/read-cpio.ts';
import { recognise } from '../../build/media/recognise.ts';
import { testWork } from '../../build/testing.ts';
import { runTool } from '../../build/tools/command.ts';
import { toolsTree } from '../../build/tools/tree.ts';
import { typeBits } from '../../build/tree/type-bits.ts';
import { readTar } from '../../lib/archive/tar.ts';
import type { Span } from './sum.ts';

/** An entry of an archive or a file system: a file, folder or link. */
export interface Part {
  readonly path: string;
  /** As in stat(2), with the file type. */
  readonly mode: number;
  /** Other metadata to compare: owner, time, link target; '' for none. */
  readonly facts: string;
  /** Content of a file; readable until the next part is requested. */
  readonly body: Span | undefined;
}

/** The entries of a cpio, a tar or an EROFS image, in order; undefined for another format. */
export async function partsOf(span: Span): Promise<AsyncIterable<Part> | undefined> {
  if (span.bytes === 0) return undefined;
  await using file = await open(span.file);
  const found = await recognise({ size: span.bytes, read: reader(file, span) });
  if (found.kind === 'cpio') return cpioParts(span);
  if (found.kind === 'tar') return tarParts(span);
  if (found.kind === 'file system' && found.type === 'erofs') return erofsParts(span);
  return undefined;
}

type Opened = Awaited<ReturnType<typeof open>>;

const reader =
  (file: Opened, { at: start, bytes }: Span) =>
  async (at: number, count: number): Promise<Buffer> => {
    const buffer = Buffer.alloc(Math.max(0, Math.min(count, bytes - at)));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, start + at);
    return buffer.subarray(0, bytesRead);
  };

/** S_IFMT */
const typeMask = 0o170000;

async function* cpioParts(span: Span): AsyncGenerator<Part> {
  await using file = await open(span.file);
  const folder = await mkdtemp(join(tmpdir(), 'kit-record-'));
  const unpacked = join(folder, 'file');
  try {
    for await (const { path, mode, at, bytes, frame, source } of readCpio(
      { read: reader(file, span) },
      span.file,
    )) {
      if (frame) await writeFile(unpacked, await source.read(at, bytes));
      const body = frame ? { file: unpacked, at: 0, bytes } : { file: span.file, at: span.at + at, bytes };
      yield { path, mode, facts: '', body: (mode & typeMask) === typeBits.file ? body : undefined };
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function* tarParts({ file, at, bytes }: Span): AsyncGenerator<Part> {
  const stream = createReadStream(file, { start: at, end: at + bytes - 1, highWaterMark: 1 << 20 });
  for await (const entry of readTar(stream, file)) {
    const { path, type, mode, uid, gid, mtime, linkname, devmajor, devminor, pax } = entry;
    const records = [...pax].map(([key, value]) => `${key}=${Buffer.from(value).toString('hex')}`).join();
    const facts = [
      ...(uid || gid ? [`owner ${uid}:${gid}`] : []),
      ...(mtime ? [`time ${mtime}`] : []),
      ...(linkname === '' ? [] : [`${type === 'hardlink' ? 'hard link' : 'link'} ${linkname}`]),
      ...(devmajor || devminor ? [`device ${devmajor}:${devminor}`] : []),
      ...(records === '' ? [] : [`pax ${createHash('sha256').update(records).digest('hex').slice(0, 8)}`]),
    ].join(', ');
    const body = type === 'file' ? { file, at: at + entry.offset, bytes: entry.size } : undefined;
    yield { path, mode: typeBits[type] | mode, facts, body };
  }
}

/** Extracted by fsck.erofs. Without owners and times, which not every user may set. */
async function* erofsParts(span: Span): AsyncGenerator<Part> {
  const dir = await mkdtemp(join(tmpdir(), 'kit-record-erofs-'));
  try {
    const [image, root] = [join(dir, 'image'), join(dir, 'root')];
    const { file, at, bytes } = span;
    await pipeline(createReadStream(file, { start: at, end: at + bytes - 1 }), createWriteStream(image));
    await mkdir(root);
    const { signal } = new AbortController();
    const args = [`--extract=${root}`, '--preserve-perms', '--no-preserve-owner', '--overwrite', image];
    await runTool(await toolsTree(testWork()), 'fsck.erofs', args, { signal });
    yield* folderParts(root, '');
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function* folderParts(root: string, folder: string): AsyncGenerator<Part> {
  for (const name of (await readdir(join(root, folder))).sort()) {
    const path = join(folder, name);
    const file = join(root, path);
    const found = await lstat(file);
    const facts = found.isSymbolicLink() ? `link ${await readlink(file)}` : '';
    const body = found.isFile() ? { file, at: 0, bytes: (await stat(file)).size } : undefined;
    yield { path, mode: found.mode, facts, body };
    if (found.isDirectory()) yield* folderParts(root, path);
  }
}
