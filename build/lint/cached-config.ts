import { readImageConfig, readImageManifest } from '../../lib/oci/read.ts';
import type { ImageConfig } from '../../lib/oci/types.ts';
import { isManifestType } from '../../lib/oci/types.ts';
import { cacheNames, type ForeignRef } from '../reference/image-ref.ts';
import type { Work } from '../work.ts';

/**
 * The config of an image of this name, if the cache has it: an image that was pulled, built or imported.
 * Contacts no registry.
 */
export async function cachedConfig(
  ref: ForeignRef,
  { cache, arch }: Work,
): Promise<ImageConfig['config'] | undefined> {
  await cache.hold();
  for (const name of cacheNames(ref)) {
    const found = await cache.refs.get(name, arch);
    if (!found || !isManifestType(found.mediaType) || !(await cache.has(found))) continue;
    const { config } = readImageManifest(await cache.read(found), name);
    if (await cache.has(config)) return readImageConfig(await cache.read(config), name).config;
  }
  return undefined;
}
