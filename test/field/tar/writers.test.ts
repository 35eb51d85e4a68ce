import { createReadStream, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTar, writeTar } from '../../../lib/archive/tar.ts';
import { tarTools } from './tools.ts';
import { filesBelow, type Row, rowsOf, type TarWorld, tarWorld } from './trees.ts';

let world: TarWorld;
let archives = 0;
beforeAll(async () => {
  world = tarWorld(await tarTools());
}, 300_000);
afterAll(() => world[Symbol.dispose]());

/** The path of an archive that a program writes of a tree. */
async function written(tree: 'easy' | 'hard', program: string, args: readonly string[]): Promise<string> {
  archives += 1;
  const archive = join(world.folder, `${archives}.tar`);
  await world.run(world[tree], program, ...args.map((arg) => (arg === '@' ? archive : arg)));
  return archive;
}

const read = (archive: string): Promise<Map<string, Row>> =>
  rowsOf(readTar(createReadStream(archive), archive));

const sorted = (rows: ReadonlyMap<string, Row>): [string, Row][] =>
  [...rows].sort(([a], [b]) => (a < b ? -1 : 1));

const python = (format: string): string[] => [
  '-c',
  'import sys, tarfile\n' +
    `with tarfile.open(sys.argv[1], "w", format=tarfile.${format}_FORMAT) as archive: archive.add(".")`,
  '@',
];

test.each<[string, string, string[]]>([
  ...['v7', 'oldgnu', 'gnu', 'ustar', 'posix'].map((format): [string, string, string[]] => [
    `GNU tar, ${format}`,
    'tar',
    [`--format=${format}`, '-cf', '@', '.'],
  ]),
  ...['pax', 'paxr', 'gnutar', 'ustar', 'v7'].map((format): [string, string, string[]] => [
    `bsdtar, ${format}`,
    'bsdtar',
    [`--format=${format}`, '-cf', '@', '.'],
  ]),
  ...['GNU', 'PAX', 'USTAR'].map((format): [string, string, string[]] => [
    `Python, ${format}`,
    'python3',
    python(format),
  ]),
  ['BusyBox', 'busybox', ['tar', '-cf', '@', '.']],
  ['pax, ustar', 'pax', ['-w', '-x', 'ustar', '-f', '@', '.']],
])('%s: every name and content is read', async (_what, program, args) => {
  const archive = await written('easy', program, args);
  expect(sorted(await read(archive))).toEqual(sorted(filesBelow(world.easy)));
});

/** These write 0 for times before 1970. */
const withoutOldTimes = (rows: Map<string, Row>): Map<string, Row> =>
  new Map([...rows].map(([path, row]) => [path, { ...row, mtime: Math.max(0, row.mtime) }]));

test.each<[string, string, string[], boolean?]>([
  ...['oldgnu', 'gnu', 'posix'].flatMap((format): [string, string, string[]][] => [
    [`GNU tar, ${format}`, 'tar', [`--format=${format}`, '-cf', '@', '.']],
    [`GNU tar, ${format}, sparse`, 'tar', ['-S', `--format=${format}`, '-cf', '@', '.']],
  ]),
  ...['0.0', '0.1', '1.0'].map((version): [string, string, string[]] => [
    `GNU tar, sparse files of version ${version}`,
    'tar',
    ['-S', `--sparse-version=${version}`, '--format=posix', '-cf', '@', '.'],
  ]),
  ['GNU tar, sparse by their content', 'tar', ['-S', '--hole-detection=raw', '-cf', '@', '.']],
  ['bsdtar, pax', 'bsdtar', ['--format=pax', '--read-sparse', '-cf', '@', '.']],
  ['bsdtar, pax, not sparse', 'bsdtar', ['--format=pax', '--no-read-sparse', '-cf', '@', '.']],
  ['bsdtar, gnutar', 'bsdtar', ['--format=gnutar', '-cf', '@', '.'], true],
  ['Python, GNU', 'python3', python('GNU')],
  ['Python, PAX', 'python3', python('PAX')],
  ['BusyBox', 'busybox', ['tar', '-cf', '@', '.'], true],
])('%s: long names, old times and sparse files are read', async (_what, program, args, isLossy) => {
  const rows = filesBelow(world.hard);
  const archive = await written('hard', program, args);
  expect(sorted(await read(archive))).toEqual(sorted(isLossy ? withoutOldTimes(rows) : rows));
});

test.each<[string, string, string[]]>([
  ['GNU tar', 'tar', ['-xpf', '@']],
  ['bsdtar', 'bsdtar', ['-xpf', '@']],
  [
    'Python',
    'python3',
    ['-c', 'import sys, tarfile\ntarfile.open(sys.argv[1]).extractall(".", filter="fully_trusted")', '@'],
  ],
])('%s reads what kit writes of all of them', async (what, program, args) => {
  const archive = await written('hard', 'tar', ['-S', '--format=posix', '-cf', '@', '.']);
  const again = join(world.folder, `again-${what}.tar`);
  await writeTar(again, readTar(createReadStream(archive), archive));
  const folder = join(world.folder, `extracted-${what}`);
  mkdirSync(folder);
  await world.run(folder, program, ...args.map((arg) => (arg === '@' ? again : arg)));
  // Python gives links the present time.
  const withoutLinkTimes = (rows: Map<string, Row>): [string, Row][] =>
    sorted(rows).map(([path, row]) => [path, row.type === 'symlink' ? { ...row, mtime: 0 } : row]);
  expect(withoutLinkTimes(filesBelow(folder))).toEqual(withoutLinkTimes(filesBelow(world.hard)));
});

test('labels and incremental archives of GNU tar are read', async () => {
  const args = ['-V', 'A label', '-g', join(world.folder, 'snapshot'), '--format=gnu', '-cf', '@', '.'];
  const archive = await written('hard', 'tar', args);
  expect(sorted(await read(archive))).toEqual(sorted(filesBelow(world.hard)));
  const posix = ['-V', 'A label', '-g', join(world.folder, 'snapshot2'), '--format=posix', '-cf', '@', '.'];
  expect(sorted(await read(await written('hard', 'tar', posix)))).toEqual(sorted(filesBelow(world.hard)));
});

test('volumes of a larger archive are refused by name', async () => {
  const names = ['one', 'two'].map((name) => join(world.folder, `${name}.volume`));
  const volumes = names.flatMap((name) => ['-f', name]);
  const folder = join(world.folder, 'volumes');
  mkdirSync(folder);
  await world.run(world.folder, 'python3', '-c', 'open("volumes/big", "wb").write(b"x" * 300000)');
  for (const format of ['gnu', 'posix']) {
    await world.run(folder, 'tar', '-c', '-M', '-L', '200', `--format=${format}`, ...volumes, 'big');
    const [one = '', two = ''] = names;
    await expect(read(one)).rejects.toThrow('it ends in the middle of "big"');
    await expect(read(two)).rejects.toThrow(
      /"(GNUFileParts\/)?big(\.2)?": it is continued from another volume of its archive$/,
    );
  }
  expect(readdirSync(folder)).toEqual(['big']);
});

test.each(['gnu', 'posix'])('a file of more than 8 GiB in GNU tar, %s', async (format) => {
  const folder = join(world.folder, `large-${format}`);
  mkdirSync(folder);
  await world.run(folder, 'python3', '-c', 'open("disk", "wb").truncate(9 << 30)');
  const archive = `${folder}.tar`;
  await world.run(folder, 'tar', '-S', '--hole-detection=seek', `--format=${format}`, '-cf', archive, 'disk');
  for await (const { path, size, segments } of readTar(createReadStream(archive), archive)) {
    expect([path, size, segments]).toEqual(['disk', 9 * 2 ** 30, []]);
  }
});

test('owners with large numbers', async () => {
  for (const format of ['gnu', 'posix']) {
    const archive = await written('easy', 'tar', [
      ...[`--format=${format}`, '--owner=nobody:4294967294', '--group=wide:3000000', '-cf', '@', 'plain'],
    ]);
    for await (const { uid, gid } of readTar(createReadStream(archive), archive))
      expect([uid, gid]).toEqual([4_294_967_294, 3_000_000]);
  }
});
