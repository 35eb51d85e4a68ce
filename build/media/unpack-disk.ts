import { statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { readTar, type TarEntry } from '../../lib/archive/tar.ts';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { fixedBound, GrowsTooLarge } from '../binary/compressed/bound.ts';
import { unpacked } from '../binary/compressed/compression.ts';
import { derivedFolder } from '../cache/derived.ts';
import { gcpDiskName } from '../outputs/disk/gcp.ts';
import type { Work } from '../work.ts';

const chunkBytes = 1 << 20;

/** The disk in a `.img.tar.gz`, unpacked into the cache once for each state of that file, sparsely. */
export async function unpackedDisk(path: string, work: Work): Promise<string> {
  const { size, mtimeNs } = statSync(path, { bigint: true });
  const folder = await derivedFolder(work, `packed disk 1 ${path} ${size} ${mtimeNs}`, (made) =>
    work.progress.task(`Unpack ${path}`, () => unpack(path, join(made, gcpDiskName), work.signal)),
  );
  return join(folder, gcpDiskName);
}

/** A disk may be mostly zeros, so no ratio bounds it; they take time alone, since it is written sparsely. */
const diskLimit = fixedBound(256 << 10);

async function unpack(path: string, to: string, signal: AbortSignal): Promise<void> {
  try {
    for await (const entry of readTar(unpacked(path, 'gzip', diskLimit, { signal }), path)) {
      if (entry.type === 'file' && entry.path === gcpDiskName) return await writeSparse(to, entry);
    }
  } catch (thrown) {
    signal.throwIfAborted();
    throw new KitError(`Cannot unpack "${path}": ${reasonOf(thrown)}`, { cause: thrown });
  }
  throw new KitError(`Cannot run "${path}": there is no "${gcpDiskName}" in it`);
}

/** Skips blocks of zeros: such a disk is 1 GiB with a hundred megabytes of data. */
async function writeSparse(to: string, { size, body }: TarEntry): Promise<void> {
  if (size > diskLimit.bytes) throw new GrowsTooLarge(diskLimit);
  await using file = await open(to, 'wx');
  let at = 0;
  for await (const chunk of body) {
    if (!isZero(chunk)) await writeAt(file, chunk, at);
    at += chunk.length;
  }
  await file.truncate(size);
}

const zeros = Buffer.alloc(chunkBytes);

const isZero = (chunk: Uint8Array): boolean =>
  chunk.length <= zeros.length && zeros.subarray(0, chunk.length).equals(chunk);

async function writeAt(file: FileHandle, chunk: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < chunk.length; )
    done += (await file.write(chunk, done, chunk.length - done, at + done)).bytesWritten;
}
