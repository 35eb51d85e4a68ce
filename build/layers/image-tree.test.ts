import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type TarEntry, tarEntry, textEntry, writeTar } from '../../lib/archive/tar.ts';
import { testWork } from '../testing.ts';
import { resolveIn, type Tree } from '../tree/tree.ts';
import { imageTree as treeOfImage } from './image-stack.ts';
import type { LayerTar } from './layer-entries.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-tree-'));
afterAll(() => rmSync(folder, { recursive: true }));

const work = testWork({ cacheDir: folder });
const imageTree = (layers: LayerTar[]): Promise<Tree> => treeOfImage({ name: 'x', layers }, work);

let made = 0;

async function layer(...entries: (TarEntry | string)[]): Promise<LayerTar> {
  made += 1;
  const path = join(folder, `${made}.tar`);
  const { digest } = await writeTar(
    path,
    entries.map((entry) => (typeof entry === 'string' ? textEntry(entry, '') : entry)),
  );
  return { diffId: digest, path };
}

const dir = (path: string, mode = 0o755): TarEntry => tarEntry({ path, type: 'directory', mode });
const link = (path: string, linkname: string): TarEntry => tarEntry({ path, type: 'symlink', linkname });

describe('layers over each other', () => {
  test('the newest entry wins, and folders merge', async () => {
    const tree = await imageTree([
      await layer(dir('a', 0o700), 'a/x', 'a/y'),
      await layer(dir('a', 0o711), 'a/y'),
    ]);
    expect([...tree.keys()].sort()).toEqual(['a', 'a/x', 'a/y']);
    expect(tree.get('a')?.mode).toBe(0o711);
  });

  test('a whiteout removes a file or a whole folder, and no path with the same prefix', async () => {
    const below = await layer(dir('a'), 'a/x', dir('a/b'), 'a/b/c', 'a/bb');
    const tree = await imageTree([below, await layer('a/.wh.x', 'a/.wh.b')]);
    expect([...tree.keys()].sort()).toEqual(['a', 'a/bb']);
  });

  test('an opaque whiteout hides older layers, not its own, in any order', async () => {
    const tree = await imageTree([
      await layer(dir('a'), 'a/x'),
      await layer(dir('a'), 'a/y', 'a/.wh..wh..opq'),
    ]);
    expect([...tree.keys()].sort()).toEqual(['a', 'a/y']);
  });

  test('a file replaces a folder', async () => {
    const tree = await imageTree([await layer(dir('a'), 'a/x'), await layer('a')]);
    expect([...tree.keys()]).toEqual(['a']);
  });
});

describe('following links', () => {
  const tree: Tree = new Map(
    [
      dir('usr'),
      dir('usr/bin'),
      link('bin', 'usr/bin'),
      link('abs', '/usr'),
      link('up', '../../usr'),
      link('loop', 'loop'),
    ]
      .concat([link('usr/lib', 'lib64'), dir('usr/lib64')])
      .map((entry) => [entry.path, entry]),
  );
  test.each([
    ['/bin/sh', 'usr/bin/sh'],
    ['abs/bin/x/../y', 'usr/bin/y'],
    ['/up/bin', 'usr/bin'],
    ['usr/lib/x', 'usr/lib64/x'],
    ['nothing/at/all', 'nothing/at/all'],
    ['/../../usr', 'usr'],
    ['/', ''],
    ['loop/x', 'loop/x'],
  ])('%s leads to %s', (path, expected) => {
    expect(resolveIn(tree, path)).toBe(expected);
  });
});
