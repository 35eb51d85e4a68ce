import { createHash } from 'node:crypto';
import { type TarEntry, tarBytes, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { type Descriptor, mediaTypes } from '../../../lib/oci/types.ts';
import { defaultPath } from '../../../lib/process/default-path.ts';
import type { BootImage } from '../../image/plan/boot-image.ts';
import { createdTime } from '../../image/plan/created.ts';
import type { Work } from '../../work.ts';
import { blobPath, ociDocument } from '../oci-document.ts';
import type { OutputPlace } from '../output.ts';

/**
 * The root file system as an image of one layer, for `docker load`, `podman load` and readers of OCI layouts
 * (image-layout.md): the archive has both kinds of index, as `docker save` writes it since version 25. The
 * image has the name of the file: `web:latest`. boot/ is left out, since a container needs no kernel.
 */
export function dockerArchive(image: BootImage, place: OutputPlace, work: Work): AsyncIterable<Uint8Array> {
  return tarBytes(archive(image, place, work));
}

async function* archive(image: BootImage, { name }: OutputPlace, work: Work): AsyncGenerator<TarEntry> {
  const layer = (): AsyncIterable<Uint8Array> => tarBytes(withoutBoot(image));
  // The tree is walked twice: the layer's length and digest come before the layer.
  const layerBlob = await descriptor(layer(), work);
  const config = ociDocument(mediaTypes.config, imageConfig(image, layerBlob));
  const manifest = ociDocument(mediaTypes.manifest, {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config: config.blob,
    layers: [layerBlob],
  });
  yield textEntry('oci-layout', '{"imageLayoutVersion":"1.0.0"}');
  yield textEntry('index.json', JSON.stringify(index(image, manifest.blob, tagOf(name))));
  const legacy = { Config: blobPath(config.blob), RepoTags: [tagOf(name)], Layers: [blobPath(layerBlob)] };
  yield textEntry('manifest.json', JSON.stringify([legacy]));
  for (const path of ['blobs', 'blobs/sha256']) yield tarEntry({ path, type: 'directory' });
  for (const { blob, bytes } of [config, manifest]) yield textEntry(blobPath(blob), bytes);
  yield tarEntry({ path: blobPath(layerBlob), size: layerBlob.size, body: layer() });
}

async function* withoutBoot(image: BootImage): AsyncGenerator<TarEntry> {
  for await (const entry of image.tree()) if (!/^boot(?:\/|$)/.test(entry.path)) yield entry;
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

function imageConfig({ arch, containerCommand }: BootImage, layer: Descriptor): unknown {
  return {
    created: new Date(createdTime * 1000).toISOString().replace('.000', ''),
    architecture: arch,
    os: 'linux',
    config: {
      Env: [`PATH=${defaultPath}`],
      Entrypoint: containerCommand,
    },
    rootfs: { type: 'layers', diff_ids: [layer.digest] },
  };
}

/** As `docker save` writes it: containerd reads the first annotation, other programs the second. */
function index({ arch }: BootImage, manifest: Descriptor, tag: string): unknown {
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
function tagOf(name: string): string {
  const parts = name.toLowerCase().match(/[a-z0-9]+/g) ?? ['image'];
  return `${parts.join('-')}:latest`;
}
