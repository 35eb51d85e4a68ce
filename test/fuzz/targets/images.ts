import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { openCache } from '../../../build/cache/cache.ts';
import { importImages } from '../../../build/transfer/archives/import.ts';
import { readTar, tarBytes, textEntry } from '../../../lib/archive/tar.ts';
import { attemptLater, check, type Target } from '../target.ts';
import { withChecksums } from '../tars.ts';

/** Archives of docker save, and of an OCI layout. */
export const imageArchive: Target = {
  reads: [
    'build/transfer/archives/import.ts#importImages',
    'build/transfer/archives/import-docker.ts#dockerImages',
  ],
  seeds: async () => {
    const config = JSON.stringify({
      ...{ architecture: 'amd64', os: 'linux', config: {} },
      rootfs: { type: 'layers', diff_ids: [digestOf('layer')] },
    });
    const descriptor = (text: string, mediaType: string) => ({
      mediaType,
      digest: digestOf(text),
      size: text.length,
    });
    const type = (name: string): string => `application/vnd.oci.image.${name}.v1`;
    const manifest = JSON.stringify({
      schemaVersion: 2,
      config: descriptor(config, `${type('config')}+json`),
      layers: [descriptor('layer', `${type('layer')}.tar`)],
    });
    const index = { schemaVersion: 2, manifests: [descriptor(manifest, `${type('manifest')}+json`)] };
    const saved = [{ Config: 'c.json', RepoTags: ['redis:7'], Layers: ['l/layer.tar'] }];
    return [
      await archiveOf({ 'c.json': config, 'l/layer.tar': 'layer', 'manifest.json': JSON.stringify(saved) }),
      await archiveOf({
        ...{ 'oci-layout': '{"imageLayoutVersion": "1.0.0"}', 'index.json': JSON.stringify(index) },
        ...Object.fromEntries([config, manifest, 'layer'].map((text) => [blobPath(text), text])),
      }),
    ];
  },
  words: ['"Config":', '"Layers":', '"RepoTags":null', '"manifests":', 'c.json', '../c.json', 'null', '[]'],
  maxBytes: 10_240,
  run: async (bytes) => {
    const folder = mkdtempSync(resolve(tmpdir(), 'kit-fuzz-'));
    try {
      const entries = readTar([withChecksums(bytes)], 'x.tar');
      const images = await attemptLater(() => importImages(entries, 'x.tar', openCache(folder)));
      for (const { descriptor } of images ?? []) check(descriptor.size > 0, 'an image has a document');
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const blobPath = (text: string): string => `blobs/${digestOf(text).replace(':', '/')}`;

const archiveOf = async (files: Readonly<Record<string, string>>): Promise<Buffer> =>
  Buffer.concat(
    await Array.fromAsync(tarBytes(Object.entries(files).map(([path, text]) => textEntry(path, text)))),
  );
