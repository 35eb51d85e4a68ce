import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FatFile, fatPieces } from '../../build/binary/fat/fat-pieces.ts';
import type { FatKind } from '../../build/binary/fat/geometry.ts';
import type { Piece } from '../../build/pieces/piece.ts';
import { hashPieces, readAll } from '../../build/pieces/read-pieces.ts';
import { writePieces } from '../../build/pieces/write-pieces.ts';
import { runTool } from '../../build/tools/command.ts';
import type { Tools } from '../../build/tools/tree.ts';
import { diskTools } from '../support/tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-fat-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { signal } = new AbortController();
let tools: Tools;
beforeAll(async () => {
  tools = await diskTools();
}, 300_000);

const options = { label: 'KIT', id: 0x1234_5678 };

/** Writes a volume and checks it with fsck.fat, which prints two lines when there is no problem. */
async function checked(files: readonly FatFile[], kind: FatKind, minBytes = 0): Promise<string> {
  const image = join(folder, 'volume.img');
  await writePieces(image, fatPieces(files, { ...options, kind, minBytes }), signal);
  const { stdout } = await runTool(tools, 'fsck.fat', ['-n', image], { signal });
  expect(stdout).toMatch(/^fsck\.fat .*\n.* files, .* clusters\n$/);
  return image;
}

/** Reads a file with mtools by its long name. */
async function content(image: string, path: string): Promise<Buffer> {
  const out = join(folder, 'out');
  const copy = ['-n', '-o', '-i', image, `::${path}`, out];
  await runTool(tools, 'mcopy', copy, { signal, env: { MTOOLS_SKIP_CHECK: '1' } });
  return readFileSync(out);
}

const big = join(folder, 'big');
writeFileSync(big, Buffer.from(Array.from({ length: 300_001 }, (_, at) => (at * 7 + (at >> 8)) & 255)));
const bigPiece = { file: big, bytes: 300_001 };

const files: FatFile[] = [
  { path: 'EFI/BOOT/BOOTX64.EFI', body: [Buffer.from('head'), bigPiece] },
  { path: 'kernel', body: [bigPiece] },
  { path: 'initrd.img', body: [] },
  { path: 'grub/grub.cfg', body: [Buffer.from('linux')] },
  { path: 'grub/A name that is long, with dots.and.more', body: [Buffer.from('1')] },
  { path: 'grub/A name that is long, with dots.and.more2', body: [Buffer.from('2')] },
  { path: 'grub/Grüße', body: [Buffer.from('3')] },
];

describe.each(['fat16', 'fat32'] as const)('%s', (kind) => {
  test('fsck.fat finds no problem, and mtools finds the files', async () => {
    const image = await checked(files, kind);
    for (const { path, body } of files) expect(await content(image, path)).toEqual(await readAll(body));
    const { stdout } = await runTool(tools, 'mdir', ['-i', image, '-a', '::grub'], { signal });
    expect(stdout).toContain('Volume Serial Number is 1234-5678');
    expect(stdout).toContain('Volume in drive : is KIT');
    expect(stdout).toMatch(/A_NAME~2 MOR {2,}1 1980-01-01/);
  });

  test.each([0, 1, 40 << 20, 300 << 20, 1 << 30])('has at least %i bytes', async (minBytes) => {
    const image = await checked(files, kind, minBytes);
    expect(await content(image, 'kernel')).toEqual(readFileSync(big));
  });

  test('stores hundreds of files and a folder of many clusters', async () => {
    const many = Array.from({ length: 400 }, (_, at) => ({
      path: `folder/sub/the file with number ${at}`,
      body: [Buffer.from(String(at))],
    }));
    const image = await checked(many, kind);
    expect((await content(image, 'folder/sub/the file with number 399')).toString()).toBe('399');
  });
});

test('is reproducible', async () => {
  const volume = (): Piece[] => fatPieces(files, { ...options, kind: 'fat32' });
  expect(await hashPieces(volume())).toEqual(await hashPieces(volume()));
});

test.each<[string, FatFile[], string]>([
  [
    'a file of 4 GiB',
    [{ path: 'a', body: [{ hole: 2 ** 32 }] }],
    '4294967296 bytes exceed the limit of 4 GiB',
  ],
  [
    'names that differ by case',
    [
      { path: 'a/b', body: [] },
      { path: 'A/B', body: [] },
    ],
    '"a/b" has the same name there',
  ],
  [
    'a file and a folder',
    [
      { path: 'a', body: [] },
      { path: 'a/b', body: [] },
    ],
    'Cannot put',
  ],
  ['a colon', [{ path: 'a:b', body: [] }], 'the name is not valid on FAT'],
  ['a dot at the end', [{ path: 'a.', body: [] }], 'the name is not valid on FAT'],
  ['a path with ..', [{ path: '../a', body: [] }], 'the name is not valid on FAT'],
])('refuses %s', (_case, bad, message) => {
  expect(() => fatPieces(bad, { ...options, kind: 'fat32' })).toThrow(message);
});

test('refuses a FAT16 above 2 GiB', () => {
  const body = [{ hole: 2 ** 31 }];
  expect(() => fatPieces([{ path: 'a', body }], { ...options, kind: 'fat16' })).toThrow('too large for it');
});

test('property: any tree of files is a valid file system', async () => {
  const name = fc.stringMatching(/^[A-Za-z0-9 _.é~-]{1,30}$/).filter((text) => !/^[. ]|[. ]$/.test(text));
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
  const file = fc.record({ path, body: fc.tuple(fc.record({ hole: fc.nat(200_000) })) });
  await fc.assert(
    fc.asyncProperty(
      fc.array(file, { maxLength: 12 }),
      fc.constantFrom<FatKind>('fat16', 'fat32'),
      async (tree, kind) => {
        let volume: Piece[];
        try {
          volume = fatPieces(tree, { ...options, kind });
        } catch (thrown) {
          expect(String(thrown)).toContain('has the same name there');
          return;
        }
        const image = join(folder, 'any.img');
        await writePieces(image, volume, signal);
        await runTool(tools, 'fsck.fat', ['-n', image], { signal });
      },
    ),
    { numRuns: 40 },
  );
});
