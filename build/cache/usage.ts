import type { Dirent } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../lib/errors/errors.ts';
import type { Cache } from './cache.ts';
import { cachedImages } from './cached-images.ts';
import { removeUnpacked, unpackedFolder } from './unpacked.ts';

/** An image of the cache, for `kit cache ls`. */
export interface ImageUsage {
  readonly name: string;
  readonly arch: string;
  readonly digest: string;
  /** Sum of its layers, many of which are shared with other images. Null when the manifest is damaged. */
  readonly bytes: number | null;
}

/** A folder of the cache. */
export interface FolderUsage {
  /** `oci`, `layers`, `tools`… */
  readonly folder: string;
  readonly files: number;
  /** Allocated on the disk. */
  readonly bytes: number;
}

/** The named images, sorted by name and architecture; for an index, each image that the cache has. */
export async function listImages(cache: Cache): Promise<ImageUsage[]> {
  const lines = (await cache.refs.list()).map(async ({ name, descriptor: entry }): Promise<ImageUsage[]> => {
    const cached = await cachedImages(cache, name, entry);
    const images = cached.filter(({ platform }) => platform !== undefined);
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
 * All folders of the cache. Nothing else is counted or removed, since KIT_CACHE may name a folder that holds
 * other files, too. `locks` is left out: processes that wait for a lock have its file open, and a new file of
 * that name would be a different lock.
 */
const cacheFolders =
  'oci layers unpacked packages debs npm tools tools-locks derived built run scratch compile'.split(' ');

/** Disk usage of the folders of the cache, largest first. */
export async function listFolders(dir: string): Promise<FolderUsage[]> {
  const folders = cacheFolders.map(async (folder) => ({ folder, ...(await usage(join(dir, folder))) }));
  return (await Promise.all(folders)).filter(({ files }) => files > 0).sort((a, b) => b.bytes - a.bytes);
}

/**
 * Empties the cache except for its locks and the layers of running containers, and returns what was freed.
 * @throws KitError while another kit uses it
 */
export function emptyCache(cache: Cache): Promise<FolderUsage> {
  return cache.exclusively(async () => {
    const before = await listFolders(cache.dir);
    await removeUnpacked(cache.dir);
    const others = cacheFolders.filter((folder) => folder !== unpackedFolder);
    for (const folder of others) await rm(join(cache.dir, folder), { recursive: true, force: true });
    const after = await listFolders(cache.dir);
    const sum = (of: readonly FolderUsage[], key: 'files' | 'bytes'): number =>
      of.reduce((total, one) => total + one[key], 0);
    const freed = (key: 'files' | 'bytes'): number => sum(before, key) - sum(after, key);
    return { folder: cache.dir, files: freed('files'), bytes: freed('bytes') };
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
