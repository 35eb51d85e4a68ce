import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { folderNames } from '../../lib/files/folder-names.ts';
import { isIndexType } from '../../lib/oci/types.ts';
import type { Cache } from './cache.ts';
import { cachedImages, cachedIndex } from './cached-images.ts';
import type { Ref } from './refs.ts';
import { removeUnpacked } from './unpacked.ts';

/** What garbage collection removed. */
export interface Freed {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Removes the images that `outdated` names, then blobs and converted layers that no image needs. The blobs of
 * an image with a damaged manifest are removed as well: it must be built again anyway.
 * @throws KitError while another kit uses the cache
 */
export function collectGarbage(
  cache: Cache,
  outdated: (refs: readonly Ref[]) => Promise<readonly string[]> = async () => [],
): Promise<Freed> {
  return cache.exclusively(async () => {
    for (const name of await outdated(await cache.refs.list())) await cache.refs.remove(name);
    const needed = await neededDigests(cache);
    const blobs = await sweep(join(cache.dir, 'oci', 'blobs', 'sha256'), (name) => needed.has(name));
    await sweep(join(cache.dir, 'signatures'), (name) => needed.has(name.slice(0, 64)));
    const layers = await sweep(join(cache.dir, 'layers'), (name) => needed.has(name.slice(0, 64)));
    // They are made again in a second when a container needs them.
    await removeUnpacked(cache.dir);
    return { files: blobs.files + layers.files, bytes: blobs.bytes + layers.bytes };
  });
}

/** Hex digests of all blobs of the named images, and of their unpacked layers. */
async function neededDigests(cache: Cache): Promise<Set<string>> {
  const needed = new Set<string>();
  const hex = (digest: string): string => digest.slice('sha256:'.length);
  for (const { name, descriptor: entry } of await cache.refs.list()) {
    needed.add(hex(entry.digest));
    if (isIndexType(entry.mediaType)) {
      for (const { digest } of (await cachedIndex(cache, name, entry)).indexes) needed.add(hex(digest));
    }
    for (const { descriptor, manifest, diffIds } of await cachedImages(cache, name, entry)) {
      for (const { digest } of [descriptor, manifest.config, ...manifest.layers]) needed.add(hex(digest));
      for (const diffId of diffIds) needed.add(hex(diffId));
    }
  }
  return needed;
}

async function sweep(dir: string, keep: (name: string) => boolean): Promise<Freed> {
  let [files, bytes] = [0, 0];
  for (const name of await folderNames(dir)) {
    if (keep(name)) continue;
    const path = join(dir, name);
    bytes += (await stat(path)).size;
    files += 1;
    await rm(path, { recursive: true, force: true });
  }
  return { files, bytes };
}
