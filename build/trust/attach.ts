import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { readImageManifest, readIndex } from '../../lib/oci/read.ts';
import { type Descriptor, type Digest, mediaTypes } from '../../lib/oci/types.ts';
import { digestOfBytes } from '../cache/blobs.ts';
import type { RegistryClient, Repository } from '../registry/client.ts';
import { bundleType } from '../signing/bundle.ts';
import { signatureAnnotation, simpleSigningType } from '../signing/simple-signing.ts';
import type { Work } from '../work.ts';
import { cosignTag, emptyType, manifestOf, predicateAnnotation, referrersTag } from './read-signatures.ts';

/** What an attached bundle is about: a manifest or an index in this repository. */
export interface Subject extends Repository, Pick<Descriptor, 'mediaType' | 'digest' | 'size'> {}

/**
 * Attaches a bundle to an image: as a referrer, which also the tag of the fall-back names where the registry
 * does not list referrers (distribution spec, "Pushing Manifests with Subject"). @throws RegistryError
 */
export async function attachBundle(
  subject: Subject,
  bundle: Buffer,
  predicateType: string,
  client: RegistryClient,
  work: Work,
): Promise<void> {
  const { registry, repository, mediaType, digest, size } = subject;
  const upload = uploader(subject, client, work);
  const config = await upload(emptyType, Buffer.from('{}'));
  const layer = await upload(bundleType, bundle);
  const annotations = {
    'dev.sigstore.bundle.content': 'dsse-envelope',
    [predicateAnnotation]: predicateType,
  };
  const manifest = jsonOf({
    ...{
      schemaVersion: 2,
      mediaType: mediaTypes.manifest,
      artifactType: bundleType,
      config,
      layers: [layer],
    },
    ...{ subject: { mediaType, digest, size }, annotations },
  });
  const own = { mediaType: mediaTypes.manifest, digest: digestOfBytes(manifest), size: manifest.length };
  const isListed = await client.putManifest(
    { registry, repository, digest: own.digest },
    manifest,
    own.mediaType,
  );
  if (!isListed) await addToTag(subject, { ...own, artifactType: bundleType, annotations }, client);
}

/** Others may change the tag at the same time, and a registry has no lock. */
const attempts = 3;

async function addToTag(
  { registry, repository, digest }: Subject,
  own: Descriptor,
  client: RegistryClient,
): Promise<void> {
  const tag = { registry, repository, tag: referrersTag(digest) };
  const read = async (): Promise<readonly Descriptor[]> => {
    const found = await manifestOf(client, tag);
    return found ? readIndex(found.bytes, `referrers of ${digest}`).manifests : [];
  };
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const manifests = await read();
    if (manifests.some((one) => one.digest === own.digest)) return;
    const index = { schemaVersion: 2, mediaType: mediaTypes.index, manifests: [...manifests, own] };
    await client.putManifest(tag, jsonOf(index), mediaTypes.index);
  }
  if ((await read()).some((one) => one.digest === own.digest)) return;
  throw new KitError(
    `Cannot attach to ${digest}: somebody else changes the tag "${tag.tag}" at the same time`,
  );
}

/** Adds a signature in cosign's own form: a layer of the image with cosign's tag. @throws RegistryError */
export async function attachSimpleSigning(
  subject: Subject,
  { payload, signature }: { readonly payload: Buffer; readonly signature: string },
  client: RegistryClient,
  work: Work,
): Promise<void> {
  const { registry, repository, digest } = subject;
  const tag = { registry, repository, tag: cosignTag(digest) };
  const found = await manifestOf(client, tag);
  const before = found ? readImageManifest(found.bytes, tag.tag).layers : [];
  const upload = uploader(subject, client, work);
  const own = await upload(simpleSigningType, payload);
  const layers = [...before, { ...own, annotations: { [signatureAnnotation]: signature } }];
  const rootfs = { type: 'layers', diff_ids: layers.map((layer) => layer.digest) };
  const config = await upload(mediaTypes.config, jsonOf({ architecture: '', os: '', rootfs, config: {} }));
  const manifest = { schemaVersion: 2, mediaType: mediaTypes.manifest, config, layers };
  await client.putManifest(tag, jsonOf(manifest), mediaTypes.manifest);
}

const jsonOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

/** Uploads bytes as a blob of the subject's repository, unless it is there. */
function uploader(
  repository: Repository,
  client: RegistryClient,
  { cache }: Work,
): (mediaType: string, bytes: Buffer) => Promise<Descriptor> {
  return async (mediaType, bytes) => {
    const blob: Descriptor = { mediaType, digest: digestOfBytes(bytes) as Digest, size: bytes.length };
    if (await client.hasBlob(repository, blob.digest)) return blob;
    await cache.scratch(async (scratch) => {
      const file = join(scratch, 'blob');
      await writeFile(file, bytes);
      await client.upload(repository, blob, file);
    });
    return blob;
  };
}
