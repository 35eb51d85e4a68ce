import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pathOnDisk } from '../../lib/archive/file-names.ts';
import { type TarEntry, tarEntry, textEntry } from '../../lib/archive/tar.ts';
import type { Medium } from '../image/plan/boot-image.ts';
import { testWork } from '../testing.ts';
import { runTool } from '../tools/command.ts';
import { squashfsTools } from '../tools/squashfs.ts';
import { type Tools, toolsTree } from '../tools/tree.ts';
import { writeErofs } from './erofs.ts';
import { writeSquashfs } from './squashfs.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-medium-'));
afterAll(() => rmSync(folder, { recursive: true }));

const work = testWork();
let squashfs: Tools;
let tools: Tools;
beforeAll(async () => {
  [squashfs, tools] = await Promise.all([squashfsTools(work), toolsTree(work)]);
}, 300_000);

function* entries(): Generator<TarEntry> {
  yield tarEntry({ path: 'a', type: 'directory', mode: 0o1777, uid: 5, gid: 6, mtime: 1_500_000_000 });
  yield textEntry('a/file', 'first');
  yield textEntry('a/file', 'last', 0o4755);
  yield tarEntry({ path: 'a/hard', type: 'hardlink', linkname: 'a/file' });
  yield tarEntry({ path: 'b', type: 'symlink', linkname: 'a' });
  yield textEntry('b/through-a-link', 'x');
  yield tarEntry({ path: 'a/null', type: 'char', devmajor: 1, devminor: 3, mode: 0o666 });
  const pax = new Map([['SCHILY.xattr.user.kit', Buffer.from('value')]]);
  yield { ...textEntry('a/big', Buffer.alloc(3_000_000, 'kit ')), pax };
  yield { ...textEntry('old', 'x'), mtime: -1000 };
  yield { ...textEntry('new', 'x'), mtime: 2 ** 33, nanoseconds: 5 };
  yield textEntry('caf\udce9', 'Latin-1');
  yield textEntry('\udce9'.repeat(200), 'long');
}

const medium = (layout: Medium['layout']): Medium => ({
  ...{ initrd: [], memoryMiB: 0, id: '00112233445566778899aabbccddeeff', layout, entries },
});

describe('a squashfs', () => {
  test.each(['layered', 'flat'] as const)('%s: unsquashfs reads it, a second is equal', async (layout) => {
    const [one, two] = [join(folder, `${layout}-1.img`), join(folder, `${layout}-2.img`)];
    await writeSquashfs(one, medium(layout), work);
    await writeSquashfs(two, medium(layout), work);
    const bytes = readFileSync(one);
    expect(bytes.equals(readFileSync(two))).toBe(true);
    expect(bytes.length > 3_000_000).toBe(layout === 'layered');
    const { stdout } = await runTool(squashfs, 'unsquashfs', ['-UTC', '-lln', '-d', '', one], work);
    expect(stdout.split('\n').map((line) => line.replace(/ +/g, ' '))).toEqual(
      expect.arrayContaining([
        // The root itself.
        expect.stringMatching(/^drwxr-xr-x 0\/0 \d+ 1970-01-01 00:00 ?$/),
        expect.stringMatching(/^drwxrwxrwt 5\/6 \d+ 2017-07-14 02:40 \/a$/),
        '-rwsr-xr-x 0/0 4 1970-01-01 00:00 /a/file',
        '-rwsr-xr-x 0/0 4 1970-01-01 00:00 /a/hard',
        '-rw-r--r-- 0/0 1 1970-01-01 00:00 /a/through-a-link',
        'crw-rw-rw- 0/0 1, 3 1970-01-01 00:00 /a/null',
        'lrwxrwxrwx 0/0 1 1970-01-01 00:00 /b -> a',
        '-rw-r--r-- 0/0 1 1970-01-01 00:00 /old',
        '-rw-r--r-- 0/0 1 2106-02-07 06:28 /new',
      ]),
    );
    expect((await runTool(squashfs, 'unsquashfs', ['-cat', one, 'a/file'], work)).stdout).toBe('last');
  });
});

test('an EROFS: fsck.erofs accepts it, and a second one is equal', async () => {
  const [one, two] = [join(folder, '1.erofs'), join(folder, '2.erofs')];
  await writeErofs(one, medium('flat'), work);
  await writeErofs(two, medium('flat'), work);
  expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
  await runTool(tools, 'fsck.erofs', [one], work);
  const out = join(folder, 'erofs');
  await runTool(tools, 'fsck.erofs', [`--extract=${out}`, '--preserve-perms', one], work);
  expect(readFileSync(join(out, 'a/hard'), 'utf8')).toBe('last');
  expect(readFileSync(join(out, 'a/through-a-link'), 'utf8')).toBe('x');
  expect(statSync(join(out, 'a')).mode & 0o7777).toBe(0o1777);
  expect(readFileSync(pathOnDisk(join(out, 'caf\udce9')), 'utf8')).toBe('Latin-1');
  expect(readFileSync(pathOnDisk(join(out, '\udce9'.repeat(200))), 'utf8')).toBe('long');
  expect(statSync(join(out, 'old')).mtimeMs).toBe(-1_000_000);
  const { stdout } = await runTool(tools, 'dump.erofs', ['--path=/a', one], work);
  expect(stdout).toMatch(/Uid: 5 +Gid: 6 /);
});
