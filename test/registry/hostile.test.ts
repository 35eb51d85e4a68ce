import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCache } from '../../build/cache/cache.ts';
import { importImages } from '../../build/transfer/archives/import.ts';
import { readTar, tarBytes, tarEntry, textEntry, writeTar } from '../../lib/archive/tar.ts';
import { mediaTypes } from '../../lib/oci/types.ts';
import { makeImage } from './images.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-hostile-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('any archive of images is imported or refused with a KitError', async () => {
  const cache = openCache(join(dir, 'cache'));
  const { descriptor, blobs } = makeImage({ layers: [] });
  const good = { schemaVersion: 2, manifests: [descriptor] };
  const docker = [{ Config: 'c.json', RepoTags: ['a:1'], Layers: ['l.tar'] }];
  const spoiled = fc
    .tuple(fc.constantFrom<object>(good, docker), fc.nat(20), fc.jsonValue())
    .map(([value, at, other]) => {
      let left = at;
      return JSON.stringify(value, (_key, found) => (left-- === 0 ? other : found)) ?? '';
    });
  const name = fc.constantFrom('index.json', 'manifest.json', 'c.json', 'l.tar', 'oci-layout');
  const files = fc.array(fc.tuple(name, fc.oneof(spoiled, fc.json(), fc.string())), { maxLength: 4 });
  const held = [...blobs].map(([digest, bytes]) => textEntry(`blobs/${digest.replace(':', '/')}`, bytes));
  await fc.assert(
    fc.asyncProperty(files, async (list) => {
      const entries = [
        ...list.map(([path, text]) => textEntry(path, text)),
        ...held.map((one) => ({ ...one })),
      ];
      try {
        await importImages(readTar(tarBytes(entries), 'x'), 'x', cache);
      } catch (thrown) {
        expect(thrown).toHaveProperty('name', 'KitError');
      }
    }),
    { numRuns: 60 },
  );
  await cache.close();
});

test('unpacking a layer of 400 MB takes less than 300 MB of memory', async () => {
  const noise = randomBytes(1 << 20);
  const body = (function* () {
    for (let at = 0; at < 400; at += 1) yield noise;
  })();
  const tar = join(dir, 'layer.tar');
  const { digest } = await writeTar(tar, [tarEntry({ path: 'large', size: 400 << 20, body })]);
  const build = join(import.meta.dirname, '../../build');
  const script = `
    import { openCache } from ${JSON.stringify(`${build}/cache/cache.ts`)};
    import { unpackLayer } from ${JSON.stringify(`${build}/layers/plain-layer.ts`)};
    import { execFileSync } from 'node:child_process';
    const cache = openCache(${JSON.stringify(join(dir, 'large'))});
    execFileSync('gzip', ['-1', ${JSON.stringify(tar)}]);
    const layer = await cache.addFile(${JSON.stringify(`${tar}.gz`)}, '${mediaTypes.layerGzip}');
    await unpackLayer(cache, { image: 'x', layer, diffId: '${digest}' });
    await cache.close();
    console.log(process.resourceUsage().maxRSS);`;
  const kilobytes = Number(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );
  expect(kilobytes).toBeGreaterThan(0);
  expect(kilobytes).toBeLessThan(300_000);
}, 120_000);
