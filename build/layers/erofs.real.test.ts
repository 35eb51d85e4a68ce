import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { textEntry, writeTar } from '../../lib/archive/tar.ts';
import { silent } from '../host/progress.ts';
import { flipByte, testWork } from '../testing.ts';
import type { Work } from '../work.ts';
import { layerFile } from './erofs.ts';
import { scratchLayer } from './layers.ts';

test('two builds at once convert a layer once', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kit-erofs-'));
  const path = join(dir, 'layer.tar');
  await writeTar(path, [textEntry('file', 'x')]);
  // No layer of an earlier run has this name.
  const diffId: `sha256:${string}` = `sha256:${randomBytes(32).toString('hex')}`;
  const titles: string[] = [];
  // Each opens the cache for itself, as two commands do.
  const works = Array.from({ length: 2 }, (): Work => testWork({ progress: recording(titles) }));
  try {
    const [first, second] = await Promise.all(
      works.map(async (work) =>
        layerFile(await scratchLayer({ diffId, path }, 'layer', 'root'), 'layer', work),
      ),
    );
    expect(titles).toEqual(['Convert layer (0.0 MB)']);
    expect(first).toEqual(second);
    for (const one of [first?.file, `${first?.file}.digest`]) rmSync(one ?? '');
  } finally {
    for (const { cache } of works) cache.close();
    rmSync(dir, { recursive: true });
  }
});

test('with --locked a file system of the cache has the bytes that were made', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kit-erofs-'));
  const path = join(dir, 'layer.tar');
  await writeTar(path, [textEntry('file', 'x')]);
  const diffId: `sha256:${string}` = `sha256:${randomBytes(32).toString('hex')}`;
  const layer = await scratchLayer({ diffId, path }, 'layer', 'root');
  const titles: string[] = [];
  const work = testWork({ progress: recording(titles), locked: true });
  try {
    const { file } = await layerFile(layer, 'layer', work);
    await layerFile(layer, 'layer', work);
    expect(titles).toHaveLength(1);
    flipByte(file);
    await layerFile(layer, 'layer', { ...work, locked: false });
    await expect(layerFile(layer, 'layer', work)).rejects.toMatchObject({
      message: expect.stringMatching(
        `^Cannot use layer ${diffId} with --locked: its file system is damaged in the cache: "${file}" was sha256:.{64} and is sha256:`,
      ),
      hint: 'remove that file: kit makes it again from the layer',
    });
    rmSync(file);
    await layerFile(layer, 'layer', work);
    // As made by a kit that noted nothing.
    rmSync(`${file}.digest`);
    await layerFile(layer, 'layer', work);
    expect(titles).toHaveLength(3);
    for (const one of [file, `${file}.digest`]) rmSync(one);
  } finally {
    await work.cache.close();
    rmSync(dir, { recursive: true });
  }
});

const recording = (titles: string[]): Work['progress'] => ({
  ...silent,
  task: (title, work) => {
    if (title.startsWith('Convert')) titles.push(title);
    return work(() => {});
  },
});
