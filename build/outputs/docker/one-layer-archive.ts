import { createHash } from 'node:crypto';
import { type TarEntry, tarBytes, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { type Descriptor, mediaTypes } from '../../../lib/oci/types.ts';
import type { Arch } from '../../host/arch.ts';
import { createdTime } from '../../image/plan/created.ts';
import type { Work } from '../../work.ts';
import { blobPath, ociDocument } from '../oci-document.ts';

/** An image of one layer. */
export interface OneLayerImage {
  /** Of the machine; the image has this name, in the form of images: `web:latest`. */
  readonly name: string;
  readonly arch: Arch;
  /** `config` of its image configuration. */
  readonly config: Readonly<Record<string, unknown>>;
  /** The layer, a tar. It is read twice: its length and digest come before it. */
  layer(): AsyncIterable<Uint8Array>;
}

/**
 * An archive with both kinds of index, as `docker save` writes it since version 25: for `docker load`,
 * `podman load`, and readers of OCI layouts (image-layout.md).
 */
export const oneLayerArchive = (image: OneLayerImage, work: Work): AsyncIterable<Uint8Array> =>
  tarBytes(archive(image, work));

async function* archive(image: OneLayerImage, work: Work): AsyncGenerator<TarEntry> {
  const layer = await descriptor(image.layer(), work);
  const config = ociDocument(mediaTypes.config, imageConfig(image, layer));
  const manifest = ociDocument(mediaTypes.manifest, {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: config.blob,
    layers: [layer],
  });
  const tag = imageTag(image.name);
  yield textEntry('oci-layout', '{"imageLayoutVersion":"1.0.0"}');
  yield textEntry('index.json', JSON.stringify(index(image, manifest.blob, tag)));
  const legacy = { Config: blobPath(config.blob), RepoTags: [tag], Layers: [blobPath(layer)] };
  yield textEntry('manifest.json', JSON.stringify([legacy]));
  for (const path of ['blobs', 'blobs/sha256']) yield tarEntry({ path, type: 'directory' });
  for (const { blob, bytes } of [config, manifest]) yield textEntry(blobPath(blob), bytes);
  yield tarEntry({ path: blobPath(layer), size: layer.size, body: image.layer() });
}

async function descriptor(bytes: AsyncIterable<Uint8Array>, { signal }: Work): Promise<Descriptor> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of bytes) {
    signal.throwIfAborted();
    hash.update(piece);
    size += piece.length;
  }
  return { mediaType: mediaTypes.layer, digest: `sha256:${hash.digest('hex')}`, size };
}

function imageConfig({ arch, config }: OneLayerImage, layer: Descriptor): unknown {
  return {
    created: new Date(createdTime * 1000).toISOString().replace('.000', ''),
    architecture: arch,
    os: 'linux',
    config,
    rootfs: { type: 'layers', diff_ids: [layer.digest] },
  };
}

/** As `docker save` writes it: containerd reads the first annotation, other programs the second. */
function index({ arch }: OneLayerImage, manifest: Descriptor, tag: string): unknown {
  const annotations = {
    'io.containerd.image.name': `docker.io/library/${tag}`,
    'org.opencontainers.image.ref.name': 'latest',
  };
  const platform = { os: 'linux', architecture: arch };
  return {
    schemaVersion: 2,
    mediaType: mediaTypes.index,
    manifests: [{ ...manifest, platform, annotations }],
  };
}

/** Names of images are lower-case, with single separators between their parts. */
export function imageTag(name: string): string {
  const parts = name.toLowerCase().match(/[a-z0-9]+/g) ?? ['image'];
  return `${parts.join('-')}:latest`;
}
