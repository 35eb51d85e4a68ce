import { type TarEntry, tarBytes, tarEntry, textEntry } from '../../lib/archive/tar.ts';
import { type Descriptor, mediaTypes } from '../../lib/oci/types.ts';
import type { BootImage } from '../image/plan/boot-image.ts';
import { type Piece, piecesBytes } from '../pieces/piece.ts';
import { pieceEntry } from '../pieces/piece-entry.ts';
import { hashPieces } from '../pieces/read-pieces.ts';
import type { Work } from '../work.ts';
import { kernelFileSuffixes } from './kernel-files.ts';
import { blobPath, ociDocument } from './oci-document.ts';
import type { OutputPlace } from './output.ts';

/**
 * Kernel, initrd and command line as an artifact for registries (image-spec, "Guidelines for Artifact
 * Usage"), in a tar of an OCI layout: `oras cp --from-oci-layout web.oci.tar:web REGISTRY/web`. `oras pull`
 * gives back the files under the names they have as kernel+initrd, so that `kit run web` boots them.
 */
export async function* oci(image: BootImage, { name }: OutputPlace, work: Work): AsyncGenerator<Uint8Array> {
  const parts = {
    kernel: [image.kernel],
    initrd: await image.initrd(),
    cmdline: [Buffer.from(image.cmdline)],
  };
  const blobs: [Descriptor, readonly Piece[]][] = [];
  for (const part of ['kernel', 'initrd', 'cmdline'] as const) {
    const body = parts[part];
    blobs.push([await blobOf(blobTypes[part], `${name}${kernelFileSuffixes[part]}`, body, work), body]);
  }
  yield* tarBytes(layout(image, name, blobs, await image.memoryMiB()));
}

/** The manifest's artifactType. */
export const artifactType = 'application/vnd.kit.machine.v1';

const blobTypes = {
  kernel: 'application/vnd.kit.machine.kernel.v1',
  initrd: 'application/vnd.kit.machine.initrd.v1',
  cmdline: 'application/vnd.kit.machine.cmdline.v1+text',
} as const;

async function blobOf(
  mediaType: string,
  title: string,
  body: readonly Piece[],
  { signal }: Work,
): Promise<Descriptor> {
  const digest = (await hashPieces(body, signal)).toString('hex');
  const annotations = { 'org.opencontainers.image.title': title };
  return { mediaType, digest: `sha256:${digest}`, size: piecesBytes(body), annotations };
}

function* layout(
  { arch }: BootImage,
  name: string,
  blobs: readonly (readonly [Descriptor, readonly Piece[]])[],
  memoryMiB: number,
): Generator<TarEntry> {
  // The configuration of an artifact that has none (manifest.md, "Guidance for an Empty Descriptor").
  const empty = ociDocument('application/vnd.oci.empty.v1+json', {});
  const manifest = ociDocument(mediaTypes.manifest, {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    artifactType,
    config: empty.blob,
    layers: blobs.map(([blob]) => blob),
    annotations: { 'io.kit.machine.architecture': arch, 'io.kit.machine.memory-mib': String(memoryMiB) },
  });
  const index = {
    schemaVersion: 2,
    mediaType: mediaTypes.index,
    manifests: [
      {
        ...{ ...manifest.blob, artifactType, platform: { os: 'linux', architecture: arch } },
        annotations: { 'org.opencontainers.image.ref.name': name },
      },
    ],
  };
  yield textEntry('oci-layout', '{"imageLayoutVersion":"1.0.0"}');
  yield textEntry('index.json', JSON.stringify(index));
  for (const path of ['blobs', 'blobs/sha256']) yield tarEntry({ path, type: 'directory' });
  for (const { blob, bytes } of [empty, manifest]) yield textEntry(blobPath(blob), bytes);
  const written = new Set<string>();
  for (const [blob, body] of blobs) {
    // Equal parts, such as empty ones, are one blob.
    if (written.has(blob.digest)) continue;
    written.add(blob.digest);
    yield pieceEntry(blobPath(blob), body);
  }
}
