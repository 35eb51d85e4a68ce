import type { Dirent } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../lib/errors/errors.ts';
import type { Cache } from './cache.ts';
import { cachedImages } from './cached-images.ts';

/** An image of the cache as `kit cache ls` shows it. */
export interface ImageUsage {
  readonly name: string;
  readonly arch: string;
  readonly digest: string;
  /** Of its layers; images share many. Null when the manifest is damaged. */
  readonly bytes: number | null;
}

/** A folder of the cache. */
export interface FolderUsage {
  /** `oci`, `layers`, `tools`… */
  readonly folder: string;
  readonly files: number;
  /** On the disk. */
  readonly bytes: number;
}

/** The named images, sorted by name; of an index a line for each architecture that is there. */
export async function listImages(cache: Cache): Promise<ImageUsage[]> {
  const lines = (await cache.refs.list()).map(async ({ name, descriptor: entry }): Promise<ImageUsage[]> => {
    const held = await cachedImages(cache, name, entry);
    const images = held.filter(({ platform }) => platform !== undefined);
    if (images.length === 0) {
      return [{ name, arch: entry.platform?.architecture ?? '', digest: entry.digest, bytes: null }];
    }
    return images.map(({ platform, descriptor, manifest: { layers } }) => ({
      name,
      arch: platform?.architecture ?? '',
      digest: descriptor.digest,
      bytes: layers.reduce((sum, { size }) => sum + size, 0),
    }));
  });
  const order = ({ name, arch }: ImageUsage): string => `${name} ${arch}`;
  return (await Promise.all(lines)).flat().sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/**
 * All that kit writes into its cache; nothing else is counted or removed, since KIT_CACHE may name a folder in which a
 * person has other things. Without `locks`: whoever waits for one has its file open, and a new file would be another.
 */
const cacheFolders = 'oci layers packages debs npm tools derived built run scratch compile'.split(' ');

/** What the folders of the cache take, largest first. */
export async function listFolders(dir: string): Promise<FolderUsage[]> {
  const folders = cacheFolders.map(async (folder) => ({ folder, ...(await usage(join(dir, folder))) }));
  return (await Promise.all(folders)).filter(({ files }) => files > 0).sort((a, b) => b.bytes - a.bytes);
}

/** Empties the cache, all but its locks. Refuses while another kit uses it. Gives what was freed. */
export function emptyCache(cache: Cache): Promise<FolderUsage> {
  return cache.alone(async () => {
    const before = await listFolders(cache.dir);
    for (const folder of cacheFolders) await rm(join(cache.dir, folder), { recursive: true, force: true });
    return {
      folder: cache.dir,
      files: before.reduce((sum, { files }) => sum + files, 0),
      bytes: before.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  });
}

async function usage(dir: string): Promise<{ files: number; bytes: number }> {
  let [files, bytes] = [0, 0];
  for (const entry of await entries(dir)) {
    const path = join(dir, entry.name);
    const found = entry.isDirectory()
      ? await usage(path)
      : { files: 1, bytes: (await lstat(path).catch(() => ({ blocks: 0 }))).blocks * 512 };
    files += found.files;
    bytes += found.bytes;
  }
  return { files, bytes };
}

async function entries(dir: string): Promise<Dirent[]> {
  try {
    return await readdir(dir, { withFileTypes: true });
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return [];
    throw thrown;
  }
}
