import { readRunConfig } from './image-config.ts';
import { type JsonItem, parseJson, withoutUndefined } from './json.ts';
import {
  type Descriptor,
  type Digest,
  dockerTypes,
  type ImageConfig,
  type ImageManifest,
  type Index,
  mediaTypes,
  type Platform,
} from './types.ts';

/**
 * Parsers of documents of an OCI layout or a registry, which are not trusted: the result has the type of
 * types.ts, or a KitError names the field. `name`: what errors call the document. A list that is null, as
 * programs in Go write an empty one, or that is missing, is empty.
 */
export function readIndex(bytes: Uint8Array, name: string): Index {
  const { root, mediaType } = document(bytes, name, [mediaTypes.index, dockerTypes.index]);
  return {
    schemaVersion: 2,
    mediaType,
    manifests: root.optional('manifests', (found) => found.list(descriptor)) ?? [],
  };
}

/** An image manifest of OCI or Docker. `mediaType` may be missing (manifest.md: SHOULD), but not differ. */
export function readImageManifest(bytes: Uint8Array, name: string): ImageManifest {
  const { root, mediaType } = document(bytes, name, [mediaTypes.manifest, dockerTypes.manifest]);
  return {
    schemaVersion: 2,
    mediaType,
    config: descriptor(root.field('config')),
    layers: root.optional('layers', (found) => found.list(descriptor)) ?? [],
    ...withoutUndefined({
      annotations: root.optional('annotations', (value) => value.texts()),
      artifactType: root.optional('artifactType', (value) => value.text() || undefined),
    }),
  };
}

/**
 * An image configuration. Null is like a missing field, as Docker writes it; config-fields.ts has the
 * fields.
 */
export function readImageConfig(bytes: Uint8Array, name: string): ImageConfig {
  const root = parseJson(bytes, name, sizeLimit);
  const os = root.optional('os', (value) => value.text()) || 'linux';
  if (os !== 'linux') throw root.field('os').wrong('"linux"');
  const architecture = root.field('architecture').text();
  const diffIds = (rootfs: JsonItem): Digest[] | undefined =>
    rootfs.optional('diff_ids', (found) => found.list(digest));
  return {
    architecture: otherNames[architecture] ?? architecture,
    os,
    ...withoutUndefined({
      created: root.optional('created', (value) => (value.isText() ? value.text() : undefined)),
    }),
    config: root.optional('config', readRunConfig) ?? {},
    rootfs: { type: 'layers', diff_ids: root.optional('rootfs', diffIds) ?? [] },
  };
}

/** The kernel's names, which containerd takes, too. */
const otherNames: Readonly<Record<string, string>> = { x86_64: 'amd64', 'x86-64': 'amd64', aarch64: 'arm64' };

/** Registries need not accept larger manifests (distribution spec, "Pushing Manifests": at least 4 MiB). */
const sizeLimit = 4 << 20;

/** @param types the valid values of `mediaType`; the first one is the default */
function document<T extends string>(
  bytes: Uint8Array,
  name: string,
  types: readonly [T, ...T[]],
): { root: JsonItem; mediaType: T } {
  const root = parseJson(bytes, name, sizeLimit);
  const version = root.optional('schemaVersion', (value) => value);
  if (version && version.number() !== 2)
    throw version.wrong(
      '2: an image of the format before Docker 1.10 has to be pushed again by a newer tool',
    );
  const type = root.optional('mediaType', (value) => value);
  if (!type) return { root, mediaType: types[0] };
  const mediaType = types.find((one) => one === type.text());
  if (mediaType === undefined) throw type.wrong(types.map((one) => `"${one}"`).join(' or '));
  return { root, mediaType };
}

function descriptor(value: JsonItem): Descriptor {
  return {
    mediaType: value.field('mediaType').text(),
    digest: digest(value.field('digest')),
    size: value.field('size').number(),
    ...withoutUndefined({
      annotations: value.optional('annotations', (found) => found.texts()),
      platform: value.optional('platform', platform),
      artifactType: value.optional('artifactType', (found) => found.text() || undefined),
    }),
  };
}

/** Undefined for one that says nothing, as some tools write it for what is not an image. */
function platform(value: JsonItem): Platform | undefined {
  const text = (key: string): string => value.optional(key, (found) => found.text()) ?? '';
  const [os, architecture, variant] = [text('os'), text('architecture'), text('variant')];
  return os === '' && architecture === '' ? undefined : { os, architecture, ...(variant && { variant }) };
}

/** @throws KitError for another text */
export function digest(value: JsonItem): Digest {
  const text = value.text();
  if (!isDigest(text)) throw value.wrong('"sha256:" and 64 hex digits');
  return text;
}

function isDigest(text: string): text is Digest {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}
