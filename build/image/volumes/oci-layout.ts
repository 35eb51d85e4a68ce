import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bodyBytes, type TarEntry, writeTar } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { type Descriptor, type Digest, isIndexType } from '../../../lib/oci/types.ts';
import { originAnnotation, registryOrigin } from '../../cache/annotations.ts';
import { cachedIndex } from '../../cache/cached-images.ts';
import { derivedFolder } from '../../cache/derived.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import { archiveImageName } from '../../images/archive-image.ts';
import { loneLayer } from '../../layers/image-stack.ts';
import { layerEntries } from '../../layers/layer-entries.ts';
import { type WantedLayer, wantedLayer } from '../../layers/layers.ts';
import type { ManifestOrigin } from '../../manifest/types.ts';
import type { ImageRef } from '../../reference/image-ref.ts';
import { clientOf } from '../../registry/clients.ts';
import { layoutEntries } from '../../transfer/archives/layout-entries.ts';
import { platformsOf } from '../../transfer/choose-manifest.ts';
import { completeImage } from '../../transfer/complete-image.ts';
import { fetchFrom } from '../../transfer/pull.ts';
import { namedImage, type SelectedImage, selectPlatforms } from '../../transfer/select-image.ts';
import { manifestCheck } from '../../trust/check-image.ts';
import { defaultSources, type Work } from '../../work.ts';
import { shortName } from '../plan/image-part.ts';

interface Named {
  readonly ref: ImageRef;
  readonly image: Pick<ResolvedImage, 'name'>;
}

/** The image's OCI layout as a layer, for a volume with `format: oci`; made once for each image. */
export async function ociLayoutLayer(
  named: Named,
  platforms: readonly string[],
  origin: ManifestOrigin,
  work: Work,
): Promise<WantedLayer> {
  const { image } = named;
  const entries = await ociLayout(named, platforms, origin, work);
  // The names of blobs are their digests, so paths identify the content, except that of index.json.
  const top = entries.find(({ path }) => path === 'index.json');
  const content = [top && String(await bodyBytes(top)), ...entries.map(({ path }) => path)].join('\n');
  const folder = await derivedFolder(work, `oci layout 3 ${content}`, async (made) => {
    const { digest } = await writeTar(join(made, 'layout.tar'), entries);
    await writeFile(join(made, 'digest'), digest);
  });
  const digest = await readFile(join(folder, 'digest'), 'utf8');
  const title = `the OCI layout of ${shortName(image.name)}`;
  const tar = { diffId: digest as Digest, path: join(folder, 'layout.tar') };
  return wantedLayer(loneLayer(tar, await layerEntries(tar, work), title), title, 'bundle');
}

/**
 * The files of an OCI image layout (image-layout.md) with one image, for these platforms only.
 * @param platforms `linux/amd64`, `linux/arm64/v8`; an empty list means all that the image has
 * @throws KitError with the place of `platforms:`
 */
export async function ociLayout(
  { ref, image: { name } }: Named,
  platforms: readonly string[],
  origin: ManifestOrigin,
  work: Work,
): Promise<TarEntry[]> {
  const { cache } = work;
  try {
    await cache.hold();
    await fetchPlatforms(ref, name, platforms, work);
    const image = await namedImage(cache, [name]);
    const shown = ref.kind === 'archive' ? archiveImageName(ref, image.entries) : name;
    const selected = await selectPlatforms(image, platforms, cache);
    await checkSelected(ref, image.entries, selected, work);
    return await Array.fromAsync(layoutEntries(shown, selected, cache));
  } catch (thrown) {
    if (!(thrown instanceof KitError) || thrown.place) throw thrown;
    const place = origin.place(['platforms']);
    throw new KitError(thrown.message, { place, hint: thrown.hint, cause: thrown });
  }
}

/** The build has checked the image of its own architecture only. An archive was checked as a whole. */
async function checkSelected(
  ref: ImageRef,
  entries: readonly Descriptor[],
  { images }: SelectedImage,
  work: Work,
): Promise<void> {
  if (ref.kind !== 'registry') return;
  for (const { descriptor } of images) {
    const entry = entries.find(({ mediaType }) => isIndexType(mediaType)) ?? descriptor;
    await manifestCheck(ref.name, entry, work)(descriptor);
  }
}

/** Pulls an image's other platforms: a build pulls only that of its own architecture. */
async function fetchPlatforms(
  ref: ImageRef,
  name: string,
  platforms: readonly string[],
  work: Work,
): Promise<void> {
  const { cache } = work;
  if (ref.kind !== 'registry' || (work.sources ?? defaultSources).offline) return;
  const refs = (await cache.refs.list()).filter((ref) => ref.name === name);
  for (const { descriptor: entry } of refs) {
    if (entry.annotations?.[originAnnotation] !== registryOrigin || !isIndexType(entry.mediaType)) continue;
    const { manifests } = await cachedIndex(cache, name, entry);
    const all = platformsOf(manifests).filter((one) => one.startsWith('linux/'));
    const wanted =
      platforms.length === 0 ? all : platforms.filter((one) => all.some((has) => one.startsWith(has)));
    const fetch = fetchFrom(clientOf(work), ref.name, work);
    for (const architecture of new Set(wanted.map((one) => one.split('/')[1] ?? ''))) {
      await completeImage(cache, name, entry, architecture, fetch, manifestCheck(ref.name, entry, work));
    }
  }
}
