import { join } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import { parseJson } from '../../../lib/oci/json.ts';
import { readImageConfig } from '../../../lib/oci/read.ts';
import { type Descriptor, type ImageManifest, mediaTypes } from '../../../lib/oci/types.ts';
import { compressionOf } from '../../binary/compressed/compression.ts';
import type { BlobFacts } from '../../cache/blobs.ts';
import type { Cache } from '../../cache/cache.ts';
import { expandReference, isReference } from '../../reference/reference.ts';
import { decompressedFile } from './decompressed-file.ts';
import type { ImportedFiles, ImportedImage } from './imported.ts';

/**
 * Makes images of an archive of `docker save`, whose manifest.json lists them:
 *
 *   [{"Config": "3f2a….json", "RepoTags": ["redis:7"], "Layers": ["1b4c…/layer.tar", …]}]
 *
 * Each gets an OCI manifest; its configuration and layers are unchanged.
 */
export async function dockerImages(
  files: ImportedFiles,
  title: string,
  cache: Cache,
): Promise<ImportedImage[]> {
  const list = files.get('manifest.json');
  if (!list) return [];
  const words = (value: { list<T>(read: (one: { text(): string }) => T): T[] }): string[] =>
    value.list((one) => one.text());
  const images = parseJson(await cache.read(list), `manifest.json of ${title}`, 4 << 20).list((one) => ({
    config: one.field('Config').text(),
    tags: one.optional('RepoTags', words) ?? [],
    layers: one.optional('Layers', words) ?? [],
  }));
  return Promise.all(
    images.map(async ({ config, tags, layers }): Promise<ImportedImage> => {
      const [configFile, ...layerFiles] = [config, ...layers].map((path) => fileOf(files, path, title));
      const descriptor = await addManifest(configFile as BlobFacts, layerFiles, title, cache);
      return { names: tags.filter(isReference).map(expandReference), texts: tags, descriptor };
    }),
  );
}

function fileOf(files: ImportedFiles, path: string, title: string): BlobFacts {
  const found = files.get(path.replace(/^(?:\.?\/+)+/, ''));
  if (found) return found;
  throw new KitError(`Cannot import "${title}": its manifest.json names "${path}", which is not in it`);
}

async function addManifest(
  config: BlobFacts,
  layers: readonly BlobFacts[],
  title: string,
  cache: Cache,
): Promise<Descriptor> {
  const { architecture, os } = readImageConfig(await cache.read(config), `configuration in ${title}`);
  const manifest: ImageManifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: { mediaType: mediaTypes.config, digest: config.digest, size: config.size },
    layers: await Promise.all(layers.map((layer) => layerOf(layer, title, cache))),
  };
  return { ...(await cache.addJson(manifest, mediaTypes.manifest)), platform: { os, architecture } };
}

/**
 * Docker's layers are uncompressed; other tools write compressed ones under the same names. Those that no
 * media type exists for are decompressed.
 */
async function layerOf({ digest, size }: BlobFacts, title: string, cache: Cache): Promise<Descriptor> {
  const compression = await compressionOf(cache.blobPath(digest));
  if (compression === 'xz' || compression === 'bzip2') {
    return cache.scratch(async (scratch) => {
      const plain = await decompressedFile(cache.blobPath(digest), join(scratch, 'layer.tar'), title);
      return cache.addFile(plain, mediaTypes.layer);
    });
  }
  return { mediaType: layerTypes[compression], digest, size };
}

const layerTypes = { gzip: mediaTypes.layerGzip, zstd: mediaTypes.layerZstd, none: mediaTypes.layer };
