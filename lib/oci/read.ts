import { fields, type Item, item } from './json.ts';
import {
  type Descriptor,
  type Digest,
  type ImageConfig,
  type Index,
  type Manifest,
  mediaTypes,
} from './types.ts';

/**
 * Readers of what an OCI layout or a registry hands us: whatever the bytes are, the result has the shape that
 * types.ts says, or a KitError names the field. `name` is what messages call the document.
 */
export function readIndex(bytes: Uint8Array, name: string): Index {
  const root = document(bytes, name, mediaTypes.index);
  return {
    schemaVersion: 2,
    mediaType: mediaTypes.index,
    manifests: root.field('manifests').list(descriptor),
  };
}

/** An image manifest. A missing `mediaType` is allowed (manifest.md says SHOULD); another one is not. */
export function readManifest(bytes: Uint8Array, name: string): Manifest {
  const root = document(bytes, name, mediaTypes.manifest);
  return {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: descriptor(root.field('config')),
    layers: root.field('layers').list(descriptor),
    ...fields({ annotations: root.optional('annotations', (value) => value.texts()) }),
  };
}

/** An image configuration. Lists and labels that are null count as missing: Docker writes them so. */
export function readImageConfig(bytes: Uint8Array, name: string): ImageConfig {
  const root = item(bytes, name, sizeLimit);
  const os = root.field('os').text();
  if (os !== 'linux') throw root.field('os').wrong('"linux"');
  const config = root.optional('config', (value) => value);
  const rootfs = root.field('rootfs');
  return {
    architecture: root.field('architecture').text(),
    os,
    ...fields({ created: root.optional('created', (value) => value.text()) }),
    config: config ? runConfig(config) : {},
    rootfs: { type: 'layers', diff_ids: rootfs.field('diff_ids').list(digest) },
  };
}

/** The registry API's own limit for manifests (distribution spec, "Pushing Manifests": at least 4 MiB). */
const sizeLimit = 4 << 20;

function document(bytes: Uint8Array, name: string, mediaType: string): Item {
  const root = item(bytes, name, sizeLimit);
  const version = root.field('schemaVersion');
  if (version.number() !== 2) throw version.wrong('2');
  const type = root.optional('mediaType', (value) => value);
  if (type && type.text() !== mediaType) throw type.wrong(`"${mediaType}"`);
  return root;
}

function descriptor(value: Item): Descriptor {
  return {
    mediaType: value.field('mediaType').text(),
    digest: digest(value.field('digest')),
    size: value.field('size').number(),
    ...fields({
      annotations: value.optional('annotations', (found) => found.texts()),
      platform: value.optional('platform', (found) => ({
        os: found.field('os').text(),
        architecture: found.field('architecture').text(),
      })),
    }),
  };
}

function runConfig(value: Item): ImageConfig['config'] {
  const words = (found: Item): string[] => found.list((word) => word.text());
  return fields({
    Entrypoint: value.optional('Entrypoint', words),
    Cmd: value.optional('Cmd', words),
    Env: value.optional('Env', words),
    WorkingDir: value.optional('WorkingDir', (found) => found.text()),
    User: value.optional('User', (found) => found.text()),
    Labels: value.optional('Labels', (found) => found.texts()),
  });
}

function digest(value: Item): Digest {
  const text = value.text();
  if (!isDigest(text)) throw value.wrong('"sha256:" and 64 hex digits');
  return text;
}

function isDigest(text: string): text is Digest {
  return /^sha256:[0-9a-f]{64}$/.test(text);
}
