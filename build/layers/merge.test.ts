import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type TarEntry, tarEntry, textEntry, writeTar } from '../../lib/archive/tar.ts';
import { testWork } from '../testing.ts';
import { Bodies } from './bodies.ts';
import { withHardLinks } from './hard-links.ts';
import type { LayerTar } from './layer-entries.ts';
import { mergedLayers } from './merge.ts';

const dir = mkdtempSync(join(tmpdir(), 'kit-merge-'));
afterAll(() => rmSync(dir, { recursive: true }));
const work = testWork({ cacheDir: dir });

let made = 0;

async function layer(entries: readonly TarEntry[]): Promise<LayerTar> {
  const path = join(dir, `${++made}.tar`);
  const { digest } = await writeTar(path, entries);
  return { diffId: digest, path };
}

const folder = (path: string, mode = 0o755): TarEntry => tarEntry({ path, type: 'directory', mode });
const hard = (path: string, linkname: string): TarEntry => tarEntry({ path, type: 'hardlink', linkname });

/** `path`, `path -> target` or `path: content`, in the order of the entries. */
async function merged(...layers: TarEntry[][]): Promise<string[]> {
  const tars = await Promise.all(layers.map(layer));
  using bodies = new Bodies();
  const all = (await mergedLayers({ name: 'x', layers: tars }, work)).filter(({ isListed }) => isListed);
  return withHardLinks(all, (path) => path !== 'replaced').map((entry) => {
    if (entry.type === 'hardlink') return `${entry.path} -> ${entry.linkname}`;
    return entry.type === 'file' ? `${entry.path}: ${bodies.bytes(entry)}` : entry.path;
  });
}

describe('hard links', () => {
  test.each<[string, TarEntry[][], string[]]>([
    ['stay with their target', [[textEntry('a', '1'), hard('b', 'a')]], ['a: 1', 'b -> a']],
    [
      'to a lower layer are files of their own, as in an overlay',
      [[textEntry('a', '1')], [hard('b', 'a'), textEntry('c', '2')]],
      ['b: 1', 'c: 2', 'a: 1'],
    ],
    [
      'keep the content that they had when their target is replaced, and stay together',
      [[textEntry('a', '1'), hard('b', 'a'), hard('c', 'b')], [textEntry('a', '2')]],
      ['a: 2', 'b: 1', 'c -> b'],
    ],
    [
      'keep it when their target is removed',
      [[textEntry('a', '1'), hard('b', 'a')], [textEntry('.wh.a', '')]],
      ['b: 1'],
    ],
    [
      'do not follow a file that is replaced when the image is laid out',
      [[textEntry('replaced', '1'), hard('b', 'replaced')]],
      ['replaced: 1', 'b: 1'],
    ],
    [
      'may be removed themselves',
      [[textEntry('a', '1'), hard('b', 'a')], [textEntry('.wh.b', '')]],
      ['a: 1'],
    ],
  ])('%s', async (_title, layers, expected) => {
    expect(await merged(...layers)).toEqual(expected);
  });

  test.each<[string, TarEntry[]]>([
    ['nothing', [hard('b', 'gone')]],
    ['themselves', [hard('b', 'b')]],
    ['each other', [hard('a', 'b'), hard('b', 'a')]],
  ])('to %s are refused by name', async (_title, entries) => {
    await expect(merged(entries)).rejects.toThrow('Cannot use image "x": "');
  });
});

test('a file hides the content of an older folder, also from a newer folder over both', async () => {
  const layers = [
    [folder('a'), textEntry('a/x', '1')],
    [textEntry('a', '2')],
    [folder('a'), textEntry('a/y', '3')],
  ];
  expect(await merged(...layers)).toEqual(['a', 'a/y: 3']);
});

test('the last entry of a path in one archive wins', async () => {
  expect(await merged([textEntry('a', '1'), textEntry('a', '2')])).toEqual(['a: 2']);
});
