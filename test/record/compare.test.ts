import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cpioPieces } from '../../build/binary/cpio/cpio-pieces.ts';
import { writePieces } from '../../build/pieces/write-pieces.ts';
import { testWork } from '../../build/testing.ts';
import { runTool } from '../../build/tools/command.ts';
import { toolsTree } from '../../build/tools/tree.ts';
import { type TarEntry, textEntry, writeTar } from '../../lib/archive/tar.ts';
import { compareRecords, inWords } from './compare.ts';
import { Contents } from './contents.ts';
import type { ImageRecord } from './types.ts';

const dir = mkdtempSync(join(tmpdir(), 'kit-record-test-'));
afterAll(() => rmSync(dir, { recursive: true }));

const { signal } = new AbortController();
const bundle = (config: object): TarEntry =>
  textEntry('containers/services/web/config.json', JSON.stringify(config));

/** A record of one image with one file, at `path`. */
async function recordOf(path: string, memoryMiB = 100): Promise<ImageRecord> {
  const contents = new Contents();
  const file = await contents.add({ file: path, at: 0, bytes: statSync(path).size });
  return {
    of: path,
    images: { 'web.yml': { 'amd64 kernel+initrd': { memoryMiB, files: { 'x.img': file } } } },
    contents: Object.fromEntries(contents.listings),
    bundles: Object.fromEntries(contents.bundles),
  };
}

/** An image like kit's: a cpio with a layer, an EROFS image named by its content. */
async function initrd(name: string, entries: readonly TarEntry[], id: string): Promise<ImageRecord> {
  const [tar, layer, image] = ['tar', 'erofs', 'img'].map((ending) => join(dir, `${name}.${ending}`));
  if (!tar || !layer || !image) throw new Error('three names');
  await writeTar(tar, entries);
  await runTool(await toolsTree(testWork()), 'mkfs.erofs', ['-T0', '--tar=f', '--quiet', layer, tar], {
    signal,
  });
  const body = { file: layer, bytes: statSync(layer).size };
  await writePieces(
    image,
    cpioPieces([{ path: `layers/${id.repeat(16)}.erofs`, type: 'file', mode: 0o644, body }]),
    signal,
  );
  return recordOf(image);
}

async function tarRecord(name: string, entries: readonly TarEntry[]): Promise<ImageRecord> {
  const path = join(dir, name);
  await writeTar(path, entries);
  return recordOf(path);
}

const whats = (a: ImageRecord, b: ImageRecord): string[] => compareRecords(a, b).map(({ what }) => what);

test('identical images have no differences, whatever their commits', async () => {
  const [a, b] = [
    await tarRecord('a', [textEntry('etc/a', 'a')]),
    await tarRecord('b', [textEntry('etc/a', 'a')]),
  ];
  expect(compareRecords(a, b)).toEqual([]);
  expect(inWords([])).toBe('The same.\n');
});

test('names a changed field of a bundle, also in a layer of an initrd', async () => {
  const a = await initrd('one', [bundle({ process: { cwd: '/', args: ['a'] } })], 'a');
  const b = await initrd('two', [bundle({ process: { cwd: '/srv', args: ['a', 'b'] } })], 'b');
  const path = '"layers/*.erofs/containers/services/web/config.json"';
  expect(whats(a, b)).toEqual([
    `${path}: process.cwd was "/" and is "/srv"`,
    `${path}: process.args[1] was not there and is "b"`,
  ]);
  expect(inWords(compareRecords(a, b))).toContain(
    'in web.yml, amd64 kernel+initrd: x.img\nOne output differs',
  );
});

test.each<[string, TarEntry[], ...string[]]>([
  ['content', [textEntry('etc/a', 'bc')], '"etc/a" has other content: 1 bytes were 2'],
  ['a mode', [textEntry('etc/a', 'a', 0o755)], '"etc/a" was mode 100644 and is mode 100755'],
  [
    'a time',
    [{ ...textEntry('etc/a', 'a'), mtime: 5 }],
    '"etc/a" was mode 100644 and is mode 100644, time 5',
  ],
  ['a new file', [textEntry('etc/a', 'a'), textEntry('etc/b', '')], '"etc/b" is new'],
  ['another name', [textEntry('b', 'a')], '"etc/a" is no longer there', '"b" is new'],
])('names %s in a tar', async (_case, entries, ...expected) => {
  const before = await tarRecord('before', [textEntry('etc/a', 'a')]);
  expect(whats(before, await tarRecord('after', entries))).toEqual(expected);
});

test('names the block of a difference in an unknown format', async () => {
  const bytes = Buffer.alloc(9 << 20);
  writeFileSync(join(dir, 'disk'), bytes);
  const before = await recordOf(join(dir, 'disk'));
  bytes[5 << 20] = 1;
  writeFileSync(join(dir, 'disk'), bytes);
  expect(whats(before, await recordOf(join(dir, 'disk')))).toEqual([
    `other bytes between ${4 << 20} and ${8 << 20}`,
  ]);
});

test('names an output that is refused or missing, or needs a different amount of memory', async () => {
  const a = await tarRecord('a', [textEntry('etc/a', 'a')]);
  const other = (built: object): ImageRecord => ({ ...a, images: { 'web.yml': built } }) as ImageRecord;
  expect(whats(a, other({ 'amd64 kernel+initrd': { refused: 'no' } }))).toEqual([
    'was built; is refused: no',
  ]);
  expect(whats(a, other({}))).toEqual(['is no longer there']);
  expect(whats(a, await recordOf(join(dir, 'a'), 200))).toEqual(['least memory was 100 MiB and is 200 MiB']);
});
