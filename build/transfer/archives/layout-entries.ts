import { fileBody, type TarEntry, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { type Digest, mediaTypes } from '../../../lib/oci/types.ts';
import { nameAnnotations } from '../../cache/annotations.ts';
import type { Cache } from '../../cache/cache.ts';
import { blobsOfImages, type SelectedImage } from '../select-image.ts';

/** The files of an OCI layout (image-spec image-layout.md) with this image under this name. */
export async function* layoutEntries(
  name: string,
  { descriptor, index, images }: SelectedImage,
  cache: Cache,
): AsyncGenerator<TarEntry> {
  yield textEntry('oci-layout', '{"imageLayoutVersion":"1.0.0"}');
  const entry = { ...descriptor, annotations: Object.fromEntries(nameAnnotations.map((key) => [key, name])) };
  yield textEntry(
    'index.json',
    JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests: [entry] }),
  );
  for (const path of ['blobs', 'blobs/sha256']) yield tarEntry({ path, type: 'directory' });
  if (index) yield textEntry(blobPath(descriptor.digest), index);
  for (const { digest, size } of await blobsOfImages(name, images, cache)) {
    yield tarEntry({ path: blobPath(digest), size, body: fileBody(cache.blobPath(digest)) });
  }
}

const blobPath = (digest: Digest): string => `blobs/${digest.replace(':', '/')}`;
