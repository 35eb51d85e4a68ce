import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWork } from '../../build/testing.ts';
import { aptTree } from '../../build/tools/apt/apt.ts';
import { TestArchive, type TestPackage } from '../../build/tools/apt/testing.ts';
import { CliWorld, type Ended } from './world.ts';

let world: CliWorld;
let archive: TestArchive;
let cache: string;

beforeAll(async () => {
  world = await CliWorld.make();
  mkdirSync(world.path('debian'));
  archive = await TestArchive.make(world.path('debian'));
  cache = world.newCache();
  // The apt of the tools is of Debian's own mirror.
  await aptTree(testWork());
}, 300_000);
afterAll(() => world?.remove());

/** Each run is a process of its own, which reads the lists anew. */
function kit(...args: string[]): Promise<Ended> {
  const env = { KIT_DEBIAN_MIRROR: pathToFileURL(archive.dir).href, KIT_DEBIAN_KEYRING: archive.keyring };
  return world.start(cache, args, env).ended;
}

const publish = (suite: 'trixie' | 'trixie-updates' | 'trixie-security', ...packages: TestPackage[]) =>
  archive.publish(packages, testWork(), suite);

const lockText = (folder: string): string => readFileSync(world.path(folder, 'debian.lock.json'), 'utf8');

const { arch } = testWork();

test('a fix that only the security suite has is shown, then taken, and the locked build goes on', async () => {
  world.write('app/build.yml', 'image: app\ndebian: {packages: [aa, bb]}\n');
  await publish(
    'trixie',
    { name: 'aa', version: '1', depends: 'lib' },
    { name: 'bb', version: '1' },
    { name: 'lib', version: '1' },
  );
  await publish('trixie-updates');
  await publish('trixie-security');
  expect(await kit('pkg', 'build', './app')).toMatchObject({ status: 0, stderr: '' });
  const before = lockText('app');
  expect(await kit('lock', '--outdated', './app')).toEqual({
    ...{ status: 0, stderr: '', stdout: 'Everything is up to date\n' },
  });

  await publish('trixie-updates', { name: 'bb', version: '2' });
  await publish('trixie-security', { name: 'lib', version: '1+deb13u1', source: 'libsource' });
  const app = world.path('app/debian.lock.json');
  expect(await kit('lock', '--outdated', './app')).toEqual({
    status: 1,
    stderr: '',
    stdout: `LOCK${' '.repeat(18)}PACKAGE  LOCKED  NEWEST     ARCH
app/debian.lock.json  lib      1       1+deb13u1  ${arch}  security fix of libsource (trixie-security)
app/debian.lock.json  bb       1       2          ${arch}  (trixie-updates)
2 newer versions, 1 of them security fix
`,
  });
  const { status, stdout } = await kit('lock', '--outdated', '--json', app);
  const common = { lock: 'app/debian.lock.json', kind: 'debian', arches: [arch], from: '1' };
  expect([status, JSON.parse(stdout)]).toEqual([
    1,
    [
      { ...common, name: 'bb', source: 'bb', to: '2', suite: 'trixie-updates', security: false },
      {
        ...common,
        name: 'lib',
        source: 'libsource',
        to: '1+deb13u1',
        suite: 'trixie-security',
        security: true,
      },
    ],
  ]);
  expect(lockText('app')).toBe(before);

  expect(await kit('lock', '--update', './app')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/\n2 newer versions, 1 of them security fix\n$/),
  });
  expect(lockText('app')).toContain('"suite":"trixie-security"');
  expect(await kit('lock', '--update', './app')).toMatchObject({ status: 0, stdout: 'Nothing changed\n' });
  expect(await kit('pkg', 'build', '--locked', './app')).toMatchObject({ status: 0, stderr: '' });
}, 120_000);

test('a package with its version in its name replaces the one of the same source', async () => {
  world.write('kernelish/build.yml', 'image: k\ndebian: {packages: [meta], keep: ["image-*"]}\n');
  const meta = (version: string): TestPackage => ({ name: 'meta', version, depends: `image-${version}` });
  const image = (version: string): TestPackage => ({ name: `image-${version}`, version, source: 'linux' });
  await publish('trixie', meta('6.1'), image('6.1'));
  await kit('pkg', 'build', './kernelish');
  await publish('trixie-security', meta('6.2'), image('6.2'));
  expect(await kit('lock', '--outdated', '--json', './kernelish')).toMatchObject({
    status: 1,
    stdout: `${JSON.stringify([
      {
        ...{ lock: 'kernelish/debian.lock.json', kind: 'debian', arches: [arch], name: 'image-6.2' },
        ...{ source: 'linux', from: '6.1', to: '6.2', suite: 'trixie-security', security: true },
      },
    ])}\n`,
  });
}, 60_000);

test('a manifest stands for the packages that it names and those below them', async () => {
  world.write('below/build.yml', 'image: below\ndebian: {packages: [low], depends: false}\n');
  world.write(
    'above/build.yml',
    'image: above\nbase: [../below]\ndebian: {packages: [high], depends: false}\n',
  );
  world.write('m.yml', 'init: [./init]\nservices: [{name: above, image: ./above}]\n');
  await publish('trixie', { name: 'low', version: '1' }, { name: 'high', version: '1' });
  await publish('trixie-security');
  await kit('pkg', 'build', './above');
  await publish('trixie-security', { name: 'low', version: '2' });
  const { status, stdout } = await kit('lock', '--outdated', '--json', 'm.yml');
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject([{ lock: 'below/debian.lock.json', name: 'low', security: true }]);
}, 60_000);

test('a security suite that has expired is an error, and the lock is left as it was', async () => {
  const before = lockText('app');
  await archive.resign('trixie-security', 'Valid-Until: Sat, 01 Feb 2020 00:00:00 UTC\n');
  for (const flag of ['--outdated', '--update']) {
    expect(await kit('lock', flag, './app')).toEqual({
      status: 1,
      stdout: '',
      stderr: `error: Cannot trust the Release file of Debian trixie-security: it expired on Sat, 01 Feb 2020 00:00:00 UTC
(hint: the mirror is out of date; for an archive of old versions, the setting debian.expired (KIT_DEBIAN_EXPIRED) is "accept")
`,
    });
  }
  rmSync(`${archive.dir}-security`, { recursive: true });
  expect((await kit('lock', '--update', './app')).stderr).toMatch(
    /it has no suite "trixie-security"\n\(hint: .*KIT_DEBIAN_SECURITY/,
  );
  expect(lockText('app')).toBe(before);
}, 60_000);

test.each([
  [['--outdated', '--update', './app'], 2, 'error: Cannot use --outdated and --update together\n'],
  [['--outdated', './nonesuch'], 1, /^error: Cannot .*nonesuch/],
  [['--outdated', './debian'], 1, 'error: Cannot find package "./debian": no such folder with a build.yml\n'],
  [
    ['--outdated', 'none.lock.json'],
    1,
    /^error: Cannot read lock file ".*none\.lock\.json": no such file\n$/,
  ],
])('kit lock %j is an error', async (args, status, stderr) => {
  expect(await kit('lock', ...args)).toEqual({
    ...{ status, stdout: '' },
    stderr: typeof stderr === 'string' ? stderr : expect.stringMatching(stderr),
  });
});
