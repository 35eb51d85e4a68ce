/**
 * Builds a manifest in every format of the table and prints the checksums of the files as JSON: {format:
 * {name: sum}}. It is a program of its own so that it can run as another user, in another checkout. A format
 * that is not for this architecture has the error message instead of files: {refused: …}. Removes the files
 * at once, since disks are large.
 *
 *   node every-format.ts MANIFEST ARCH OUT
 */
import { createHash } from 'node:crypto';
import { open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildImage } from '../../build/build.ts';
import { openCache } from '../../build/cache/cache.ts';
import { cacheDir } from '../../build/host/paths.ts';
import { silent } from '../../build/host/progress.ts';
import { formatNames } from '../../build/outputs/formats.ts';
import type { Work } from '../../build/work.ts';
import { KitError } from '../../lib/errors/errors.ts';

const [manifest = '', arch = '', out = ''] = process.argv.slice(2);
const work: Work = {
  cache: openCache(cacheDir(process.env)),
  env: process.env,
  signal: new AbortController().signal,
  progress: silent,
  arch: arch === 'arm64' ? 'arm64' : 'amd64',
  locked: false,
};

const chunk = Buffer.alloc(1 << 20);
const nothing = Buffer.alloc(chunk.length);

/** The checksum of the non-zero blocks and their offsets, since most of a disk is holes. */
async function sumOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await using file = await open(path);
  const { size } = await file.stat();
  for (let at = 0; at < size; at += chunk.length) {
    const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
    const bytes = chunk.subarray(0, bytesRead);
    if (!bytes.equals(nothing.subarray(0, bytesRead))) hash.update(`${at} `).update(bytes);
  }
  return hash.update(String(size)).digest('hex');
}

/** Some formats write folders instead of files. */
async function sumsOf(folder: string): Promise<Record<string, string>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found
    .filter((item) => item.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .sort();
  const sums: Record<string, string> = {};
  for (const name of files) sums[name] = await sumOf(join(folder, name));
  return sums;
}

async function build(format: string): Promise<Record<string, string>> {
  const dir = join(out, format);
  try {
    await buildImage([manifest], { dir, name: 'tiny', formats: [format], cwd: process.cwd() }, work);
    return await sumsOf(dir);
  } catch (thrown) {
    if (!(thrown instanceof KitError)) throw thrown;
    return { refused: thrown.message };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

const made: Record<string, Record<string, string>> = {};
for (const format of formatNames) made[format] = await build(format);
process.stdout.write(JSON.stringify(made));
