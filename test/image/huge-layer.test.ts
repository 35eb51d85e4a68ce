import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { layerFile } from '../../build/layers/erofs.ts';
import { scratchLayer } from '../../build/layers/layers.ts';
import { testWork } from '../../build/testing.ts';
import { toolsTree } from '../../build/tools/tree.ts';
import { tarEntry, writeTar } from '../../lib/archive/tar.ts';
import { childrenOf, watchPeak } from '../bench/measure.ts';

const root = mkdtempSync(join(tmpdir(), 'kit-huge-layer-'));
afterAll(() => rmSync(root, { recursive: true }));

test('converts a file of 600 MB with no more memory than a small one', async () => {
  const work = testWork();
  await toolsTree(work);
  const path = join(root, 'huge.tar');
  const { digest } = await writeTar(path, [
    tarEntry({ path: 'huge', size: 600 * pattern.length, body: repeated(600) }),
  ]);
  const peak = watchPeak(() => childrenOf(process.pid));
  const { file, bytes } = await layerFile(
    await scratchLayer({ diffId: digest, path }, 'huge', 'root'),
    'a huge layer',
    work,
  );
  const peakBytes = peak();
  rmSync(file);
  expect(bytes).toBeGreaterThan(400e6);
  expect(peakBytes).toBeGreaterThan(1e6);
  expect(peakBytes).toBeLessThan(200e6);
}, 120_000);

/** Random, since incompressible data fills the converter's buffers most. */
const pattern = randomBytes(1 << 20);

function* repeated(times: number): Iterable<Uint8Array> {
  for (let i = 0; i < times; i++) yield pattern;
}
