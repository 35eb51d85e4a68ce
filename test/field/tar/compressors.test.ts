import { createReadStream, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fixedBound } from '../../../build/binary/compressed/bound.ts';
import { compressionOf, unpacked } from '../../../build/binary/compressed/compression.ts';
import { openCache } from '../../../build/cache/cache.ts';
import { exportEntries } from '../../../build/images/export-entries.ts';
import { registryRef } from '../../../build/reference/image-ref.ts';
import { testWork } from '../../../build/testing.ts';
import { importFile } from '../../../build/transfer/archives/import-file.ts';
import { readTar, type TarEntry, tarBytes } from '../../../lib/archive/tar.ts';
import { tarTools } from './tools.ts';
import { filesBelow, rowsOf, type TarWorld, tarWorld } from './trees.ts';

let world: TarWorld;
let tar: string;
beforeAll(async () => {
  world = tarWorld(await tarTools());
  tar = join(world.folder, 'root.tar');
  await world.run(world.hard, 'tar', '-S', '--format=posix', '-cf', tar, '.');
}, 300_000);
afterAll(() => world[Symbol.dispose]());

/** A copy of the archive that a program has compressed beside it. */
async function compressed(program: string, args: readonly string[], ending: string): Promise<string> {
  const folder = join(world.folder, [program, ...args].join(''));
  mkdirSync(folder);
  const copy = join(folder, 'root.tar');
  writeFileSync(copy, readFileSync(tar));
  await world.run(folder, program, ...args, 'root.tar');
  const made = `${copy}${ending}`;
  expect(existsSync(made)).toBe(true);
  return made;
}

test.each<[string, string[], string]>([
  ['gzip', ['-9'], '.gz'],
  ['pigz', ['-b128', '-i'], '.gz'],
  ['bzip2', ['-1'], '.bz2'],
  ['bzip2', ['-9'], '.bz2'],
  ['pbzip2', ['-b1', '-f'], '.bz2'],
  ['xz', ['-9'], '.xz'],
  ['xz', ['-T2', '--block-size=65536'], '.xz'],
  ['xz', ['-0', '--check=crc32'], '.xz'],
  ['zstd', ['-q'], '.zst'],
  ['zstd', ['-q', '--no-check', '-19'], '.zst'],
  ['pzstd', ['-q', '-p2'], '.zst'],
])('%s %j: the bytes are those of the archive', async (program, args, ending) => {
  const file = await compressed(program, args, ending);
  const compression = await compressionOf(file);
  const bytes = Buffer.concat(await Array.fromAsync(unpacked(file, compression, fixedBound(64))));
  expect(bytes.equals(readFileSync(tar))).toBe(true);
});

test.each<[string, string[], string, string]>([
  ['lz4', ['-q'], '.lz4', 'it is compressed by lz4'],
  ['lzip.lzip', [], '.lz', 'it is compressed by lzip'],
  ['xz', ['--format=lzma'], '.lzma', 'it is compressed by lzma'],
  ['compress', ['-f'], '.Z', 'it is compressed by compress'],
])('%s %j is named, with a way out', async (program, args, ending, message) => {
  const file = await compressed(program, args, ending);
  const error = await imported(file, 'refused').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    name: 'KitError',
    message: `Cannot read archive "refused": ${message}`,
    hint: expect.stringMatching(/^decompress it first: \w+ -dc$/),
  });
});

/** The files of the image that an archive becomes, as `kit cache export --format filesystem` gives them. */
async function imported(file: string, name: string): Promise<AsyncIterable<TarEntry>> {
  const cache = openCache(join(world.folder, `cache-${name}`));
  const [image] = await importFile(file, name, { os: 'linux', architecture: 'amd64' }, cache);
  if (!image) throw new Error('there is no image');
  await cache.refs.set(`docker.io/library/${name}:1`, image.descriptor);
  const ref = registryRef(`${name}:1`);
  const options = { ref, format: 'filesystem', platforms: ['linux/amd64'], as: undefined } as const;
  return exportEntries(options, testWork({ cache, arch: 'amd64' }));
}

test.each<[string, string[], string]>([
  ['bzip2', ['-6'], '.bz2'],
  ['xz', ['-6'], '.xz'],
  ['zstd', ['-q', '-6'], '.zst'],
])(
  'an image of a file system that %s has compressed has its files, sparse ones too',
  async (program, args, ending) => {
    const entries = await imported(await compressed(program, args, ending), program);
    const rows = await rowsOf(readTar(tarBytes(entries), 'exported'));
    expect(new Map([...rows].sort())).toEqual(new Map([...filesBelow(world.hard)].sort()));
  },
);

test('layers of an archive of docker save may be compressed by anything that is read', async () => {
  const folder = join(world.folder, 'docker');
  mkdirSync(folder);
  const layers = [
    await compressed('xz', ['-3'], '.xz'),
    await compressed('bzip2', ['-3'], '.bz2'),
    await compressed('gzip', ['-3'], '.gz'),
  ];
  for (const [at, layer] of layers.entries()) writeFileSync(join(folder, `${at}.tar`), readFileSync(layer));
  const digest = (await world.run(folder, 'python3', '-c', sha256, tar)).trim();
  const rootfs = { type: 'layers', diff_ids: Array(3).fill(`sha256:${digest}`) };
  writeFileSync(
    join(folder, 'c.json'),
    JSON.stringify({ architecture: 'amd64', os: 'linux', config: {}, rootfs }),
  );
  const manifest = [{ Config: 'c.json', RepoTags: [], Layers: ['0.tar', '1.tar', '2.tar'] }];
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  const archive = join(world.folder, 'saved.tar');
  await world.run(folder, 'tar', '-cf', archive, 'manifest.json', 'c.json', '0.tar', '1.tar', '2.tar');
  const rows = await rowsOf(readTar(tarBytes(await imported(archive, 'saved')), 'exported'));
  expect(rows.get('parts')).toEqual(filesBelow(world.hard).get('parts'));
});

const sha256 = 'import sys, hashlib\nprint(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())';

test('a sparse file that is larger than its archive may be is refused', async () => {
  const folder = join(world.folder, 'huge');
  mkdirSync(folder);
  await world.run(folder, 'python3', '-c', 'open("lastlog", "wb").truncate(1 << 40)');
  const archive = join(world.folder, 'huge.tar');
  await world.run(folder, 'tar', '-S', '--hole-detection=seek', '-cf', archive, 'lastlog');
  await expect(imported(archive, 'huge')).rejects.toThrow(
    `Cannot import "huge": with the sparse file "lastlog" it grows beyond 100 times its ${statSync(archive).size} bytes`,
  );
  // Nothing of it is read.
  for await (const { size } of readTar(createReadStream(archive), archive)) expect(size).toBe(2 ** 40);
});

test('what a program that failed has left is refused', async () => {
  const empty = join(world.folder, 'empty');
  writeFileSync(empty, '');
  await expect(imported(empty, 'failed')).rejects.toThrow('Cannot import "failed": it is empty');
  writeFileSync(empty, 'Error: no such image\n');
  await expect(imported(empty, 'failed')).rejects.toThrow(
    'Cannot read archive "failed": it is no tar archive',
  );
});
