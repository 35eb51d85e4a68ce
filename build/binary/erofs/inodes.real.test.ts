import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tarEntry, textEntry, writeTar } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { inMemory } from '../../../test/support/in-memory.ts';
import { testWork } from '../../testing.ts';
import { runTool } from '../../tools/command.ts';
import { toolsTree } from '../../tools/tree.ts';
import { type ErofsInode, erofsInodes } from './inodes.ts';

let dir: string;
let image: Buffer;
const many = 700;

/** An image by mkfs.erofs, with a folder that takes several blocks and inodes of both sizes. */
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kit-erofs-'));
  const work = testWork();
  const folder = (path: string, uid = 0) => tarEntry({ path, type: 'directory', mode: 0o755, uid });
  const tar = join(dir, 'layer.tar');
  await writeTar(tar, [
    folder('many'),
    ...Array.from({ length: many }, (_, at) => textEntry(`many/file-${at}`, 'x')),
    folder('home', 1000),
    tarEntry({ path: 'home/su', type: 'file', mode: 0o4755, uid: 70_000, gid: 80_000 }),
    tarEntry({ path: 'home/link', type: 'symlink', linkname: 'su' }),
    tarEntry({ path: 'console', type: 'char', mode: 0o600, devmajor: 5, devminor: 1 }),
    textEntry('home/.wh.gone', ''),
  ]);
  const file = join(dir, 'layer.erofs');
  await runTool(await toolsTree(work), 'mkfs.erofs', ['--quiet', '--tar=f', '--aufs', file, tar], work);
  image = await readFile(file);
}, 600_000);
afterAll(() => rm(dir, { recursive: true, force: true }));

const all = (bytes: Buffer): Promise<ErofsInode[]> =>
  Array.fromAsync(erofsInodes(inMemory(bytes), 'layer.erofs'));

test('every file comes with its owner', async () => {
  const inodes = await all(image);
  const types = Map.groupBy(inodes, ({ mode }) => mode & 0o170000);
  const count = (type: number): number => types.get(type)?.length ?? 0;
  expect([count(0o100000), count(0o040000), count(0o120000)]).toEqual([many + 1, 3, 1]);
  expect(inodes.find(({ uid }) => uid === 70_000)).toEqual({
    ...{ path: 'home/su', nid: expect.any(BigInt), bytes: 0, storedBytes: 0 },
    ...{ mode: 0o104755, uid: 70_000, gid: 80_000, isDevice: false },
  });
  expect(inodes.filter(({ uid }) => uid === 1000)).toHaveLength(1);
  // The whiteout is a character device, too.
  expect(
    types
      .get(0o020000)
      ?.map(({ isDevice }) => isDevice)
      .sort(),
  ).toEqual([false, true]);
});

test('a compressed file comes with the blocks that it takes', async () => {
  const tar = join(dir, 'compressed.tar');
  const text = 'the same words again and again\n'.repeat(40_000);
  await writeTar(tar, [textEntry('text', text), textEntry('short', 'x')]);
  const file = join(dir, 'compressed.erofs');
  const args = ['--quiet', '-zlz4hc,9', '-C65536', '-b4096', '--tar=f', file, tar];
  await runTool(await toolsTree(testWork()), 'mkfs.erofs', args, testWork());
  const bytes = await readFile(file);
  const inodes = new Map((await all(bytes)).map((inode) => [inode.path, inode]));
  const stored = inodes.get('text')?.storedBytes ?? 0;
  expect(inodes.get('text')?.bytes).toBe(text.length);
  expect(stored % 4096).toBe(0);
  expect(stored).toBeGreaterThan(0);
  // One block is the superblock and the inodes.
  expect(stored).toBeLessThanOrEqual(bytes.length - 4096);
  expect(inodes.get('short')).toMatchObject({ bytes: 1, storedBytes: 1 });
});

test('other files are refused', async () => {
  await expect(all(Buffer.alloc(4096))).rejects.toThrow('it has no EROFS superblock');
  await expect(all(Buffer.alloc(0))).rejects.toThrow('it ends too early');
  await expect(all(image.subarray(0, 1200))).rejects.toThrow(KitError);
});

test('a damaged image gives an error or other inodes, and always an end', async () => {
  const change = fc.record({ at: fc.nat(image.length - 1), byte: fc.nat(255) });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 30 }), async (changes) => {
      const damaged = Buffer.from(image);
      for (const { at, byte } of changes) damaged[at] = byte;
      await all(damaged).catch((thrown: unknown) => expect(thrown).toBeInstanceOf(KitError));
    }),
    { numRuns: 200 },
  );
});
