import { existsSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  nameBytes,
  nameOfBytes,
  type TarEntry,
  tarEntry,
  textEntry,
  writeTar,
} from '../../../lib/archive/tar.ts';
import { tryLock } from '../../cache/file-lock.ts';
import { removeUnpacked, unpackedLock } from '../../cache/unpacked.ts';
import { layerFile } from '../../layers/erofs.ts';
import { loneLayer } from '../../layers/image-stack.ts';
import { scratchEntries } from '../../layers/layer-entries.ts';
import { testWork } from '../../testing.ts';
import { runTool } from '../../tools/command.ts';

import { toolsTree } from '../../tools/tree.ts';
import type { Work } from '../../work.ts';
import { type MappedIds, onlyOwnIds } from '../ids/id-range.ts';
import { mountableLayers } from './mountable-layers.ts';

const one = onlyOwnIds(1000, 1000);
const thousand: MappedIds = {
  uids: [...one.uids, { inside: 1, outside: 100_000, count: 999 }],
  gids: [...one.gids, { inside: 1, outside: 100_000, count: 999 }],
};

let dir: string;
let work: Work;

/** A cache of the test's own, with the user's tools. */
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kit-layers-'));
  const { dir: tools } = await toolsTree(testWork());
  await mkdir(join(dir, 'cache'));
  await symlink(join(tools, '..'), join(dir, 'cache/tools'));
  work = testWork({ cacheDir: join(dir, 'cache') });
}, 600_000);
afterEach(() => rm(dir, { recursive: true, force: true }));

async function image(name: string, entries: readonly TarEntry[]): Promise<string> {
  const [tar, file] = [join(dir, `${name}.tar`), join(dir, `${name}.erofs`)];
  await writeTar(tar, entries);
  await runTool(await toolsTree(work), 'mkfs.erofs', ['--quiet', '--tar=f', '--aufs', file, tar], work);
  return file;
}

async function mountable(file: string, ids: MappedIds | null): Promise<{ kind: string; path: string }> {
  const [layer] = await mountableLayers([{ id: 'x', use: 'root', file }], ids, work);
  if (!layer) throw new Error('no layer');
  return layer;
}

const folder = (path: string, mode: number): TarEntry => tarEntry({ path, type: 'directory', mode });

test('a layer becomes a folder in which nothing is setuid, and which its user can remove', async () => {
  const file = await image('plain', [
    folder('closed', 0o555),
    textEntry('closed/file', 'text', 0o640),
    tarEntry({ path: 'closed/su', type: 'file', mode: 0o4755 }),
    tarEntry({ path: 'link', type: 'symlink', linkname: '/etc/passwd' }),
    tarEntry({ path: 'console', type: 'char', mode: 0o600, devmajor: 5, devminor: 1 }),
    folder('shared', 0o2775),
    textEntry('shared/.wh.gone', ''),
  ]);
  const { kind, path } = await mountable(file, one);
  expect(kind).toBe('folder');
  const mode = async (name: string): Promise<number> => (await lstat(join(path, name))).mode & 0o7777;
  expect(await Promise.all(['closed', 'closed/file', 'closed/su', 'shared'].map(mode))).toEqual([
    0o755, 0o640, 0o755, 0o775,
  ]);
  expect(await readFile(join(path, 'closed/file'), 'utf8')).toBe('text');
  expect(await readlink(join(path, 'link'))).toBe('/etc/passwd');
  // The whiteout is a device that every user may make (mknod(2), 0:0).
  expect((await lstat(join(path, 'shared/gone'))).rdev).toBe(0);
  expect(await mountable(file, one)).toEqual({ id: 'x', use: 'root', kind, path });

  const inUse = tryLock(unpackedLock(path), 'shared');
  await removeUnpacked(work.cache.dir);
  expect(existsSync(path)).toBe(true);
  inUse?.release();
  await removeUnpacked(work.cache.dir);
  expect(await readdir(join(work.cache.dir, 'unpacked'))).toEqual([]);
});

test('hard links to devices and to files in closed folders, and names that are not text', async () => {
  const device = tarEntry({ path: 'closed/null', type: 'char', mode: 0o666, devmajor: 1, devminor: 3 });
  const name = nameOfBytes(Buffer.from([0x66, 0xe9]));
  const tar = join(dir, 'links.tar');
  await writeTar(tar, [
    folder('closed', 0o644),
    ...[textEntry('closed/a', 'text'), device],
    ...[textEntry(`${name}/su`, 'text', 0o4755)],
    tarEntry({ path: 'open/a', type: 'hardlink', linkname: 'closed/a' }),
    tarEntry({ path: 'open/null', type: 'hardlink', linkname: 'closed/null' }),
  ]);
  const stack = loneLayer(
    { diffId: `sha256:${'0'.repeat(64)}`, path: tar },
    await scratchEntries(tar),
    'links',
  );
  const { file } = await layerFile(stack, 'links', work);
  const { path } = await mountable(file, one);
  expect(await readFile(join(path, 'open/a'), 'utf8')).toBe('text');
  expect((await readdir(path, { recursive: true })).sort()).toEqual([
    ...['closed', 'closed/a', 'f\ufffd', 'f\ufffd/su', 'open', 'open/a'],
  ]);
  const odd = Buffer.concat([Buffer.from(`${path}/`), nameBytes(`${name}/su`)]);
  expect((await lstat(odd)).mode & 0o7777).toBe(0o755);
});

test('only layers whose owners matter, and are mapped, are unpacked at each start', async () => {
  const owned = (uid: number, mode = 0o644) => tarEntry({ path: 'file', type: 'file', mode, uid });
  const [plain, mapped, unmapped, setuid] = await Promise.all([
    image('root', [owned(0)]),
    image('mapped', [owned(999)]),
    image('unmapped', [owned(1000)]),
    image('setuid', [owned(0, 0o4755)]),
  ]);
  const kinds = async (ids: MappedIds | null): Promise<string[]> => {
    const files = [plain, mapped, unmapped, setuid];
    return Promise.all(files.map(async (file) => (await mountable(file, ids)).kind));
  };
  expect(await kinds(null)).toEqual(Array(4).fill('image'));
  expect(await kinds(one)).toEqual(Array(4).fill('folder'));
  expect(await kinds(thousand)).toEqual(['folder', 'unpack', 'folder', 'unpack']);
});

test('a layer that would be unpacked elsewhere is refused', async () => {
  const file = await image('bad', [textEntry('aaaaaaaa', 'text')]);
  const bytes = await readFile(file);
  const at = bytes.indexOf('aaaaaaaa');
  bytes.write('../../aa', at);
  await writeFile(file, bytes);
  await expect(mountable(file, one)).rejects.toThrow('a folder has the name "../../aa"');
  expect(existsSync(join(work.cache.dir, 'unpacked'))).toBe(false);
});
