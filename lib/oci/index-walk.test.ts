import { expect, test } from 'vitest';
import { walkIndex } from './index-walk.ts';
import { type Descriptor, type Digest, mediaTypes } from './types.ts';

const digest = (name: string): Digest => `sha256:${Buffer.from(name).toString('hex').padEnd(64, '0')}`;
const manifest = (name: string, part = {}): Descriptor => {
  return { mediaType: mediaTypes.manifest, digest: digest(name), size: 1, ...part };
};
const index = (name: string, part = {}): Descriptor => ({
  ...manifest(name, part),
  mediaType: mediaTypes.index,
});

/** The names of what a walk finds. @param indexes what they hold, by name */
async function walked(indexes: Readonly<Record<string, readonly Descriptor[]>>): Promise<string[][]> {
  const byDigest = new Map(Object.entries(indexes).map(([name, manifests]) => [digest(name), manifests]));
  let reads = 0;
  const read = async (one: Descriptor): Promise<Buffer | undefined> => {
    reads += 1;
    const manifests = byDigest.get(one.digest);
    return manifests && Buffer.from(JSON.stringify({ schemaVersion: 2, manifests }));
  };
  const found = await walkIndex(index('top'), read, 'x');
  expect(reads).toBe(found.indexes.length);
  const nameOf = (one: Descriptor): string =>
    Buffer.from(one.digest.slice(7), 'hex').toString().replace(/\0+$/, '');
  return [found.manifests.map(nameOf), found.indexes.map(nameOf)];
}

test('an index in an index is walked, each once, and one that is missing is passed over', async () => {
  const found = await walked({
    top: [manifest('a'), index('one'), index('two'), index('gone'), manifest('a')],
    one: [manifest('b'), index('two')],
    two: [manifest('c'), manifest('a')],
  });
  expect(found).toEqual([
    ['a', 'b', 'c'],
    ['top', 'one', 'two', 'gone'],
  ]);
});

test('a circle ends', async () => {
  expect(await walked({ top: [index('one')], one: [index('top'), index('one'), manifest('a')] })).toEqual([
    ['a'],
    ['top', 'one'],
  ]);
});

test('an entry without a platform has that of its index', async () => {
  const platform = { os: 'linux', architecture: 'arm64' };
  const read = async (one: Descriptor): Promise<Buffer> => {
    const manifests = one.digest === digest('top') ? [index('one', { platform })] : [manifest('a')];
    return Buffer.from(JSON.stringify({ manifests }));
  };
  expect((await walkIndex(index('top'), read, 'x')).manifests).toEqual([manifest('a', { platform })]);
});

test('there is an end to indexes and manifests', async () => {
  const deep = Object.fromEntries(
    Array.from({ length: 99 }, (_none, at) => [at === 0 ? 'top' : `i${at}`, [index(`i${at + 1}`)]]),
  );
  await expect(walked(deep)).rejects.toThrow('Cannot use image "x": its index has more than 64 indexes');
  const wide = { top: Array.from({ length: 2001 }, (_none, at) => manifest(`m${at}`)) };
  await expect(walked(wide)).rejects.toThrow('Cannot use image "x": its index has more than 2000 manifests');
});
