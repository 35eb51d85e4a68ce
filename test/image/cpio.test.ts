import { mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cpioBytes } from '../../build/binary/cpio/cpio-bytes.ts';
import { testWork } from '../../build/testing.ts';
import { runTool } from '../../build/tools/command.ts';
import type { Tools } from '../../build/tools/tree.ts';
import { type TarEntry, tarEntry, textEntry } from '../../lib/archive/tar.ts';
import { testTools } from '../support/tools.ts';

/** Trees as cpio archives, compared with GNU cpio. */
const dir = mkdtempSync(join(tmpdir(), 'kit-cpio-'));
afterAll(() => rmSync(dir, { recursive: true }));

let tools: Tools;
beforeAll(async () => {
  tools = await testTools();
}, 300_000);

async function archiveOf(entries: readonly TarEntry[]): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(cpioBytes(() => entries)));
}

const cpio = async (archive: Buffer, ...args: string[]): Promise<string> =>
  (await runTool(tools, 'cpio', ['--quiet', ...args], { ...testWork(), input: archive, cwd: dir })).stdout;

/** `-rwsr-xr-x 1 3 4 5 a/b` */
function listed(line: string): string {
  const [mode, links, uid, gid, size, rest] =
    /^(\S+) +(\d+) (\d+) +(\d+) +(\d+(?:, *\d+)?) \w+ +\d+ +[\d:]+ (.*)$/.exec(line)?.slice(1) ?? [];
  return [mode, links, uid, gid, size?.replaceAll(' ', ''), rest].join(' ');
}

const letters = { file: '-', directory: 'd', symlink: 'l', char: 'c', block: 'b', fifo: 'p', hardlink: '-' };

function modeText(type: TarEntry['type'], mode: number): string {
  const bits = [6, 3, 0].map((shift, at) => {
    const [r, w, x] = [4, 2, 1].map((bit) => ((mode >> shift) & bit) !== 0);
    const special = (mode & (0o4000 >> at)) !== 0;
    const last = special ? (at === 2 ? (x ? 't' : 'T') : x ? 's' : 'S') : x ? 'x' : '-';
    return `${r ? 'r' : '-'}${w ? 'w' : '-'}${last}`;
  });
  return `${letters[type]}${bits.join('')}`;
}

function expected({ path, type, mode, uid, gid, size, linkname, devmajor, devminor }: TarEntry): string {
  const shown =
    type === 'char' || type === 'block'
      ? `${devmajor},${devminor}`
      : type === 'symlink'
        ? linkname.length
        : size;
  const name = type === 'symlink' ? `${path} -> ${linkname}` : path;
  return [modeText(type, mode), type === 'directory' ? 2 : 1, uid, gid, shown, name].join(' ');
}

const name = fc.stringMatching(/^[A-Za-z0-9+=~!@%-][A-Za-z0-9 .+=~!@%-]{0,30}$/);
const anyEntry: fc.Arbitrary<TarEntry> = fc
  .record({
    path: name,
    type: fc.constantFrom<TarEntry['type'][]>('file', 'directory', 'symlink', 'char', 'block', 'fifo'),
    mode: fc.integer({ min: 0, max: 0o7777 }),
    uid: fc.nat(0xffffffff),
    gid: fc.nat(0xffffffff),
    mtime: fc.nat(0x7fffffff),
    linkname: name,
    devmajor: fc.nat(255),
    devminor: fc.nat(255),
    content: fc.uint8Array({ maxLength: 50 }),
  })
  .map(({ content, linkname, devmajor, devminor, ...rest }) => {
    const isDevice = rest.type === 'char' || rest.type === 'block';
    return tarEntry({
      ...rest,
      ...(rest.type === 'file' && { size: content.length, body: [content] }),
      ...(rest.type === 'symlink' && { linkname }),
      ...(isDevice && { devmajor, devminor }),
    });
  });

test('GNU cpio lists any entries as they were written', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(anyEntry, { maxLength: 40, selector: ({ path }) => path }),
      async (entries) => {
        const list = await cpio(await archiveOf(entries), '-itv', '--numeric-uid-gid');
        expect(list.split('\n').slice(0, -1).map(listed)).toEqual(entries.map(expected));
      },
    ),
    { numRuns: 15 },
  );
});

test('hard links are one file, and parent folders exist', async () => {
  const link = (path: string, linkname: string): TarEntry => tarEntry({ path, type: 'hardlink', linkname });
  const archive = await archiveOf([
    textEntry('new/folder/one', 'content'),
    link('two', 'new/folder/one'),
    link('three', 'two'),
    tarEntry({ path: 'soft', type: 'symlink', linkname: 'two' }),
    link('soft-too', 'soft'),
  ]);
  await cpio(archive, '-id');
  const inode = (path: string): number => statSync(join(dir, path)).ino;
  expect(new Set(['new/folder/one', 'two', 'three'].map(inode)).size).toBe(1);
  expect(statSync(join(dir, 'two')).nlink).toBe(3);
  expect(readFileSync(join(dir, 'three'), 'utf8')).toBe('content');
  expect(readlinkSync(join(dir, 'soft-too'))).toBe('two');
});

test('replacing a name does not change the other names of the file', async () => {
  const link = (path: string, linkname: string): TarEntry => tarEntry({ path, type: 'hardlink', linkname });
  const entries = [textEntry('a', 'old'), link('b', 'a'), link('c', 'a'), textEntry('a', 'new')];
  // Simulates a file system in which existing files are overwritten in place, as the kernel does.
  writeFileSync(join(dir, 'a'), '');
  await cpio(await archiveOf(entries), '-idu');
  expect(['a', 'b', 'c'].map((path) => readFileSync(join(dir, path), 'utf8'))).toEqual(['new', 'old', 'old']);
  expect((await cpio(await archiveOf(entries), '-it')).split('\n').slice(0, -1)).toEqual(['b', 'c', 'a']);
});

describe('refuses what the format cannot represent', () => {
  test.each<[string, Partial<TarEntry>, string]>([
    ['an owner of 33 bits', { uid: 2 ** 32 }, 'the number 4294967296 has more than 32 bits'],
    [
      'a path that is too long',
      { path: 'a/'.repeat(2100).concat('b') },
      'its path is longer than 4095 bytes',
    ],
    ['the name of the trailer', { path: 'TRAILER!!!' }, 'the name is not valid in a cpio archive'],
    ['a zero byte', { path: 'a\0b' }, 'the name is not valid in a cpio archive'],
    ['a file of 4 GiB', { size: 2 ** 32, body: [Buffer.from('x')] }, 'exceed the limit of 4 GiB'],
    ['a link to nothing', { type: 'hardlink', linkname: 'gone' }, 'there is no such file'],
    ['a body that is too short', { size: 3, body: [Buffer.from('x')] }, 'has 1 bytes where 3 were announced'],
  ])('%s', async (_case, part, message) => {
    await expect(archiveOf([tarEntry({ path: 'a', ...part })])).rejects.toThrow(message);
  });
});
