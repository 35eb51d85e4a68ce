import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { digestOfBytes } from '../../build/cache/blobs.ts';
import { parseReference } from '../../build/reference/reference.ts';
import type { RegistryClient } from '../../build/registry/client.ts';
import { type TarEntry, tarBytes, tarEntry, textEntry } from '../../lib/archive/tar.ts';
import { type Descriptor, dockerTypes, mediaTypes } from '../../lib/oci/types.ts';

/** A descriptor with all blobs that it refers to, directly and indirectly. */
export interface MadeImage {
  readonly descriptor: Descriptor;
  readonly blobs: ReadonlyMap<string, Buffer>;
}

export interface MadeLayer {
  readonly tar: Buffer;
  readonly compression?: 'gzip' | 'zstd' | 'none';
}

export interface ImageParts {
  readonly arch?: string;
  readonly docker?: boolean;
  readonly config?: object;
  readonly layers: readonly MadeLayer[];
  /** Replaces the correct values. */
  readonly diffIds?: readonly string[];
}

export async function tarOf(entries: Iterable<TarEntry>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(tarBytes(entries)));
}

/** An image of these layers, with the media types of OCI or of Docker. */
export function makeImage({
  arch = 'amd64',
  docker = false,
  config = {},
  layers,
  diffIds,
}: ImageParts): MadeImage {
  const blobs = new Map<string, Buffer>();
  const types = docker ? dockerTypes : mediaTypes;
  const add = (mediaType: string, bytes: Buffer): Descriptor => {
    const digest = digestOfBytes(bytes);
    blobs.set(digest, bytes);
    return { mediaType, digest, size: bytes.length };
  };
  const json = (mediaType: string, value: unknown): Descriptor =>
    add(mediaType, Buffer.from(JSON.stringify(value)));
  const made = layers.map(({ tar, compression = 'gzip' }) => {
    if (compression === 'gzip') return add(types.layerGzip, gzipSync(tar));
    return compression === 'zstd' ? add(types.layerZstd, zstdCompressSync(tar)) : add(types.layer, tar);
  });
  const rootfs = { type: 'layers', diff_ids: diffIds ?? layers.map(({ tar }) => digestOfBytes(tar)) };
  const configuration = json(types.config, { architecture: arch, os: 'linux', config, rootfs });
  const manifest = { schemaVersion: 2, mediaType: types.manifest, config: configuration, layers: made };
  const descriptor = { ...json(types.manifest, manifest), platform: { os: 'linux', architecture: arch } };
  return { descriptor, blobs };
}

/** An index of these images, with an attestation for each, as BuildKit adds it. */
export function makeIndex(images: readonly MadeImage[], statement?: object): MadeImage {
  const all = statement ? images.flatMap((image) => [image, attestation(image, statement)]) : images;
  const manifests = all.map(({ descriptor }) => descriptor);
  const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.index, manifests }));
  const digest = digestOfBytes(bytes);
  const blobs = new Map([...all.flatMap((image) => [...image.blobs]), [digest as string, bytes]]);
  return { descriptor: { mediaType: mediaTypes.index, digest, size: bytes.length }, blobs };
}

function attestation({ descriptor }: MadeImage, statement: object): MadeImage {
  const blobs = new Map<string, Buffer>();
  const json = (mediaType: string, value: unknown): Descriptor => {
    const bytes = Buffer.from(JSON.stringify(value));
    blobs.set(digestOfBytes(bytes), bytes);
    return { mediaType, digest: digestOfBytes(bytes), size: bytes.length };
  };
  const layer = {
    ...json('application/vnd.in-toto+json', { ...statement, subject: descriptor.digest }),
    annotations: { 'in-toto.io/predicate-type': 'https://spdx.dev/Document' },
  };
  const rootfs = { type: 'layers', diff_ids: [layer.digest] };
  const config = json(mediaTypes.config, { architecture: 'unknown', os: 'unknown', config: {}, rootfs });
  const manifest = json(mediaTypes.manifest, {
    schemaVersion: 2,
    mediaType: mediaTypes.manifest,
    config,
    layers: [layer],
  });
  return {
    descriptor: {
      ...manifest,
      platform: { os: 'unknown', architecture: 'unknown' },
      annotations: {
        'vnd.docker.reference.type': 'attestation-manifest',
        'vnd.docker.reference.digest': descriptor.digest,
      },
    },
    blobs,
  };
}

/** Pushes all of the image to a registry under this name. */
export async function pushMade(
  name: string,
  { descriptor, blobs }: MadeImage,
  client: RegistryClient,
): Promise<void> {
  const reference = parseReference(name);
  const isDocument = (bytes: Buffer): boolean => bytes.subarray(0, 20).includes('"schemaVersion"');
  const all = [...blobs].sort(([, a], [, b]) => Number(isDocument(a)) - Number(isDocument(b)) || 0);
  const folder = mkdtempSync(join(tmpdir(), 'kit-push-'));
  for (const [digest, bytes] of all.filter(([, content]) => !isDocument(content))) {
    const file = join(folder, digest.slice('sha256:'.length));
    writeFileSync(file, bytes);
    const blob = { digest: digest as Descriptor['digest'], size: bytes.length, mediaType: '' };
    await client.upload(reference, blob, file);
  }
  rmSync(folder, { recursive: true });
  const documents = all.filter(([digest, content]) => isDocument(content) && digest !== descriptor.digest);
  for (const [digest, bytes] of documents) {
    const { mediaType } = JSON.parse(bytes.toString()) as { mediaType: string };
    const { registry, repository } = reference;
    await client.putManifest(
      { registry, repository, digest: digest as Descriptor['digest'] },
      bytes,
      mediaType,
    );
  }
  await client.putManifest(reference, blobs.get(descriptor.digest) ?? Buffer.alloc(0), descriptor.mediaType);
}

const folder = (path: string): TarEntry => tarEntry({ path, type: 'directory' });

/**
 * Two layers with every kind of entry; the second removes and replaces parts of the first.
 */
export async function oddLayers(): Promise<[Buffer, Buffer]> {
  const lower = await tarOf([
    ...['bin', 'dev', 'etc', 'opt', 'opt/old'].map(folder),
    tarEntry({ path: 'tmp', type: 'directory', mode: 0o1777 }),
    textEntry('bin/busybox', 'BUSYBOX', 0o4755),
    tarEntry({ path: 'bin/sh', type: 'hardlink', linkname: 'bin/busybox' }),
    tarEntry({ path: 'bin/link', type: 'symlink', linkname: '/etc/motd' }),
    {
      ...textEntry('bin/ping', 'ping', 0o755),
      pax: new Map([['SCHILY.xattr.security.capability', capability]]),
    },
    textEntry('etc/motd', 'hello'),
    textEntry('etc/gone', 'to be removed'),
    textEntry('opt/old/a', 'hidden by an opaque folder'),
    { ...textEntry('etc/owned', 'x', 0o640), uid: 1000, gid: 70_000 },
    tarEntry({ path: 'dev/null', type: 'char', mode: 0o666, devmajor: 1, devminor: 3 }),
    tarEntry({ path: 'dev/pipe', type: 'fifo' }),
  ]);
  const upper = await tarOf([
    folder('etc'),
    textEntry('etc/.wh.gone', ''),
    folder('opt'),
    folder('opt/old'),
    textEntry('opt/old/.wh..wh..opq', ''),
    textEntry('opt/old/b', 'new'),
    textEntry('etc/motd', 'changed'),
  ]);
  return [lower, upper];
}

/** vfs_cap_data of cap_net_raw, revision 2. */
const capability = Buffer.from('0100000200200000000000000000000000000000', 'hex');
