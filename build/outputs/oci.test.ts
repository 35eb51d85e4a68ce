import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bodyBytes, readTar } from '../../lib/archive/tar.ts';
import { readImageManifest, readIndex } from '../../lib/oci/read.ts';
import { digestOfBytes } from '../cache/blobs.ts';
import { readAll } from '../pieces/read-pieces.ts';
import { testWork } from '../testing.ts';
import { formatNamed } from './choose-formats.ts';
import { tinyImage } from './disk/testing.ts';
import { artifactType } from './oci.ts';
import { writeFormat } from './write-format.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-oci-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the artifact is an OCI layout with kernel, initrd and command line', async () => {
  const image = tinyImage(folder, 'arm64');
  const [file] = await writeFormat(formatNamed('oci'), image, { dir: folder, name: 'web' }, testWork());
  expect(file?.path).toBe(join(folder, 'web.oci.tar'));
  const files = new Map<string, Buffer>();
  for await (const entry of readTar([readFileSync(file?.path ?? '')], 'web.oci.tar')) {
    if (entry.type === 'file') files.set(entry.path, await bodyBytes(entry));
  }
  const blob = (digest: string): Buffer => files.get(`blobs/sha256/${digest.slice(7)}`) ?? Buffer.alloc(0);
  for (const [path, content] of files) {
    if (path.startsWith('blobs/')) expect(digestOfBytes(content).slice(7)).toBe(path.slice(13));
  }
  const [only] = readIndex(files.get('index.json') ?? Buffer.alloc(0), 'index').manifests;
  expect(only?.annotations).toEqual({ 'org.opencontainers.image.ref.name': 'web' });
  expect(only?.platform).toEqual({ os: 'linux', architecture: 'arm64' });
  const bytes = blob(only?.digest ?? '');
  expect(JSON.parse(bytes.toString())).toMatchObject({ artifactType });
  const { layers, config } = readImageManifest(bytes, 'manifest');
  expect(blob(config.digest).toString()).toBe('{}');
  const found = layers.map(({ digest, annotations }) => [
    annotations?.['org.opencontainers.image.title'],
    blob(digest),
  ]);
  expect(found).toEqual([
    ['web-kernel', await readAll([image.kernel])],
    ['web-initrd.img', await readAll(await image.initrd())],
    ['web-cmdline', Buffer.from('console=ttyS0')],
  ]);
});
