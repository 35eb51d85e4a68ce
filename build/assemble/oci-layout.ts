import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { readManifest } from '../../lib/oci/read.ts';
import { type Descriptor, type Digest, type Index, mediaTypes, type Platform } from '../../lib/oci/types.ts';
import { fileBody, type TarEntry, tarEntry, textEntry, writeTar } from '../archive/tar.ts';
import { type Cache, openCache } from '../cache/cache.ts';
import type { Origin } from '../manifest/types.ts';
import type { ResolvedImage } from '../packages/resolve.ts';
import type { Work } from '../work.ts';
import { derivedFolder } from './derived.ts';
import type { WantedLayer } from './layers.ts';

/** What `format: oci` makes of an image, as a layer: its OCI layout as files. Written once for each image. */
export async function ociLayoutLayer(
  image: Pick<ResolvedImage, 'name'>,
  platforms: readonly string[],
  origin: Origin,
  work: Work,
): Promise<WantedLayer> {
  const entries = await ociLayout(image, platforms, origin, work);
  const content = entries.map(({ path, size }) => `${path} ${size}`).join('\n');
  const folder = await derivedFolder(work, `oci layout 1 ${content}`, async (made) => {
    const { digest } = await writeTar(join(made, 'layout.tar'), entries);
    await writeFile(join(made, 'digest'), digest);
  });
  const digest = await readFile(join(folder, 'digest'), 'utf8');
  const title = `the OCI layout of ${image.name}`;
  return { diffId: digest as Digest, path: join(folder, 'layout.tar'), use: 'bundle', title };
}

/**
 * The files of an OCI image layout (image-layout.md) that holds one image: `index.json` names an index, and that the
 * manifest of each platform, filtered as the manifest says, so that nothing points at a blob that is not there.
 * @param platforms `linux/amd64`, `linux/arm64/v8`; none for all that the cache has
 */
export async function ociLayout(
  { name }: Pick<ResolvedImage, 'name'>,
  platforms: readonly string[],
  origin: Origin,
  work: Work,
): Promise<TarEntry[]> {
  const cache = openCache(work.cacheDir);
  try {
    const chosen = choose(name, await platformsOf(cache, name), platforms, origin);
    const blobs = (await Promise.all(chosen.map((manifest) => blobsOf(cache, name, manifest)))).flat();
    const index = jsonBlob({ schemaVersion: 2, mediaType: mediaTypes.index, manifests: chosen });
    const top = { ...index.descriptor, annotations: { 'org.opencontainers.image.ref.name': name } };
    return [
      ...['blobs', 'blobs/sha256'].map((path) => tarEntry({ path, type: 'directory' })),
      textEntry(blobPath(index.descriptor.digest), index.text),
      ...[...new Map(blobs.map((blob) => [blob.digest, blob])).values()].map(({ digest, size }) =>
        tarEntry({ path: blobPath(digest), size, body: fileBody(cache.blobPath(digest)) }),
      ),
      textEntry(
        'index.json',
        jsonBlob({ schemaVersion: 2, mediaType: mediaTypes.index, manifests: [top] }).text,
      ),
      textEntry('oci-layout', '{"imageLayoutVersion":"1.0.0"}'),
    ];
  } finally {
    await cache.close();
  }
}

const blobPath = (digest: Digest): string => `blobs/${digest.replace(':', '/')}`;

/** What only the cache says of an image stays in the cache. */
async function platformsOf(cache: Cache, name: string): Promise<Descriptor[]> {
  await cache.hold();
  const refs = (await cache.refs.list()).filter((ref) => ref.name === name);
  return refs.map(({ descriptor: { mediaType, digest, size, platform } }) => {
    return { mediaType, digest, size, ...(platform && { platform }) };
  });
}

function choose(
  name: string,
  found: readonly Descriptor[],
  wanted: readonly string[],
  origin: Origin,
): Descriptor[] {
  const missing = wanted.findIndex((platform) => !found.some((one) => fits(one.platform, platform)));
  if (missing >= 0) {
    throw new KitError(`Cannot find image "${name}" for ${wanted[missing]}`, {
      place: origin.place(['platforms', missing]),
      hint: `there is ${found.map(({ platform }) => platformText(platform)).join(', ') || 'none'}`,
    });
  }
  return found.filter(
    (one) => wanted.length === 0 || wanted.some((platform) => fits(one.platform, platform)),
  );
}

const platformText = (platform: Platform | undefined): string =>
  platform
    ? [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/')
    : 'one of no platform';

/** `linux/arm64` means every variant of it. */
function fits(platform: Platform | undefined, wanted: string): boolean {
  return `${platformText(platform)}/`.startsWith(`${wanted}/`);
}

async function blobsOf(cache: Cache, name: string, manifest: Descriptor): Promise<Descriptor[]> {
  const whole = async (blob: Descriptor): Promise<Descriptor> => {
    if (await cache.has(blob)) return blob;
    throw new KitError(`Cannot use image "${name}": its blobs in the cache are damaged`, {
      hint: `kit cache rm ${name} removes it`,
    });
  };
  const { config, layers } = readManifest(await cache.read(await whole(manifest)), name);
  return [manifest, ...(await Promise.all([config, ...layers].map(whole)))];
}

function jsonBlob(index: Index): { readonly text: string; readonly descriptor: Descriptor } {
  const text = JSON.stringify(index);
  const digest: Digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  return { text, descriptor: { mediaType: index.mediaType, digest, size: Buffer.byteLength(text) } };
}
