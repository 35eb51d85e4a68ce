import { fileBody, type TarEntry, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import type { Cache } from '../../cache/cache.ts';
import type { CachedImage } from '../../cache/cached-images.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';

/**
 * An archive for `docker load`: the configuration, uncompressed layers, and manifest.json, which names them.
 */
export async function* dockerEntries(
  name: string,
  { manifest }: CachedImage,
  { layers }: ResolvedImage,
  cache: Cache,
): AsyncGenerator<TarEntry> {
  const hex = (digest: string): string => digest.slice('sha256:'.length);
  const config = `${hex(manifest.config.digest)}.json`;
  yield textEntry(config, await cache.read(manifest.config));
  for (const { diffId, path, bytes } of new Map(layers.map((layer) => [layer.diffId, layer])).values()) {
    yield tarEntry({ path: `${hex(diffId)}.tar`, size: bytes, body: fileBody(path) });
  }
  // Docker refuses digests in RepoTags.
  const tags = name.includes('@') ? [] : [name];
  const list = [{ Config: config, RepoTags: tags, Layers: layers.map(({ diffId }) => `${hex(diffId)}.tar`) }];
  yield textEntry('manifest.json', JSON.stringify(list));
}
