import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { silent } from '../host/progress.ts';
import { testWork } from '../testing.ts';
import { parseUri, resolvePackages } from '../tools/apt/resolve.ts';
import type { Work } from '../work.ts';
import { suitesOf } from './archive/suites.ts';
import { fetchDebs, GoneError } from './fetch.ts';
import { emptyDebianLock, readDebianLock, sourceOfLock, writeDebianLock } from './lock-file.ts';
import { fetchLockedPackages, type LockedSource, lockPackages } from './locked-packages.ts';
import { type DebianSource, debianSource, type LockedPackage } from './source.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-lock-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** Work with a mirror that is a local folder. */
function work(part: Partial<Work> = {}): Work {
  const env = { ...process.env, KIT_DEBIAN_MIRROR: pathToFileURL(join(dir, 'mirror')).href };
  return testWork({ cacheDir: join(dir, 'cache'), env, arch: 'amd64', ...part });
}

const locked = (source: DebianSource, lockFile: string): LockedSource => ({
  ...{ source, lockFile, resolve: resolvePackages },
});

function onMirror(name: string, content: string): LockedPackage {
  const filename = `pool/main/${name}_1.0+b1_amd64.deb`;
  mkdirSync(join(dir, 'mirror/pool/main'), { recursive: true });
  writeFileSync(join(dir, 'mirror', filename), content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { name, version: '1.0+b1', architecture: 'amd64', filename, size: content.length, sha256 };
}

test('parses a line of apt-get --print-uris', () => {
  const uri = 'http://main.invalid/pool/main/libc/libcap2/libcap2_2.75%2bb3_amd64.deb';
  const line = `'${uri}' libcap2_1%3a2.75+b3_amd64.deb 28 SHA256:${'a'.repeat(64)}`;
  expect(parseUri(line, suitesOf('trixie'))).toEqual({
    name: 'libcap2',
    version: '1:2.75+b3',
    architecture: 'amd64',
    filename: 'pool/main/libc/libcap2/libcap2_2.75+b3_amd64.deb',
    size: 28,
    sha256: 'a'.repeat(64),
  });
});

test('a written lock is read again, but not for another source', async () => {
  const source = debianSource({ packages: ['aa', 'bb'] });
  const file = join(dir, 'debian.lock.json');
  const packages = [onMirror('aa', 'one'), onMirror('bb', 'two')];
  await writeDebianLock(file, emptyDebianLock(source), 'amd64', packages);
  expect((await readDebianLock(file, source))?.packages.amd64).toEqual(packages);
  expect(await readDebianLock(file, debianSource({ packages: ['aa'] }))).toBeUndefined();
  const more = debianSource({ packages: ['aa', 'bb'], components: ['main', 'contrib'] });
  expect(await readDebianLock(file, more)).toBeUndefined();
  const other = join(dir, 'components.lock.json');
  await writeDebianLock(other, emptyDebianLock(more), 'amd64', packages);
  expect((await readDebianLock(other, more))?.packages.amd64).toEqual(packages);
  expect((await sourceOfLock(other)).components).toEqual(['main', 'contrib']);
  expect(await lockPackages(locked(source, file), work({ locked: true }))).toEqual(packages);
});

test('packages of the bases are left out', async () => {
  const source = debianSource({ packages: ['aa', 'bb'] });
  const [a] = [onMirror('aa', 'one')];
  expect(
    (await lockPackages({ ...locked(source, join(dir, 'debian.lock.json')), bases: [a] }, work())).map(
      ({ name }) => name,
    ),
  ).toEqual(['bb']);
});

test('with --locked, a missing lock is an error and none is written', async () => {
  const file = join(dir, 'none.lock.json');
  await expect(
    lockPackages(locked(debianSource({ packages: ['aa'] }), file), work({ locked: true })),
  ).rejects.toThrow(`Cannot use "${file}": it does not name all packages of its source for amd64`);
  expect(readdirSync(dir)).not.toContain('none.lock.json');
});

test('a damaged lock is an error that names the file', async () => {
  const file = join(dir, 'bad.lock.json');
  writeFileSync(file, '{"suite": "trixie"');
  await expect(readDebianLock(file, debianSource({ packages: ['aa'] }))).rejects.toThrow(
    `Cannot read lock file "${file}": it is damaged`,
  );
});

test('packages are downloaded once and then taken from the cache', async () => {
  const [a, b] = [onMirror('aa', 'one'), onMirror('bb', 'two')];
  const debs = await fetchDebs([a, b, a], work());
  expect(debs.map((file) => readFileSync(file, 'utf8'))).toEqual(['one', 'two', 'one']);
  rmSync(join(dir, 'mirror'), { recursive: true });
  expect(await fetchDebs([b], work())).toEqual([debs[1]]);
});

test('a file damaged in the cache is downloaded again', async () => {
  const locked = onMirror('ee', 'five');
  const [file = ''] = await fetchDebs([locked], work());
  writeFileSync(file, 'fuve');
  await fetchDebs([locked], work());
  expect(readFileSync(file, 'utf8')).toBe('five');
});

test('a file with another hash than the locked one is refused and not kept', async () => {
  const bad = { ...onMirror('cc', 'three'), sha256: '0'.repeat(64) };
  await expect(fetchDebs([bad], work())).rejects.toThrow(
    /Cannot use the Debian mirror "file:.*": its file of cc has the sha256 /,
  );
  expect(readdirSync(join(dir, 'cache/debs')).filter((name) => name.includes('scratch'))).toEqual([]);
});

test('with --locked, a version that the mirror no longer has is an error', async () => {
  const file = join(dir, 'gone.lock.json');
  const source = debianSource({ packages: ['dd'] });
  const gone = { ...onMirror('dd', 'four'), filename: 'pool/main/gone_1.0_amd64.deb' };
  await writeDebianLock(file, emptyDebianLock(source), 'amd64', [gone]);
  await expect(fetchLockedPackages(locked(source, file), work({ locked: true }))).rejects.toThrow(GoneError);
});

test('a mirror that does not answer is named, with a hint', async () => {
  const env = { ...process.env, KIT_DEBIAN_MIRROR: 'http://127.0.0.1:9/debian' };
  const source = debianSource({ packages: ['busybox-static'] });
  await expect(lockPackages(locked(source, join(dir, 'x.lock.json')), work({ env }))).rejects.toMatchObject({
    message: expect.stringMatching(
      /^Cannot use the Debian mirror "http:\/\/127.0.0.1:9\/debian": connection refused$/,
    ),
    hint: '"kit config set debian.mirror" or KIT_DEBIAN_MIRROR names another mirror',
  });
  expect(readdirSync(dir)).not.toContain('x.lock.json');
});

test("an old lock is updated from Debian's own mirror, with a line of progress", async () => {
  const file = join(dir, 'real.lock.json');
  const source = debianSource({ packages: ['busybox-static'] });
  const old = {
    ...onMirror('busybox-static', 'old'),
    filename: 'pool/main/b/busybox/busybox-static_1.0_amd64.deb',
  };
  await writeDebianLock(file, emptyDebianLock(source), 'amd64', [old]);
  const lines: string[] = [];
  const progress = { ...silent, line: (text: string) => void lines.push(text) };
  const env = { PATH: process.env.PATH };
  const { packages, debs } = await fetchLockedPackages(locked(source, file), work({ env, progress }));
  expect(packages).toMatchObject([{ name: 'busybox-static', architecture: 'amd64' }]);
  expect(readFileSync(debs[0] ?? '').toString('latin1', 0, 7)).toBe('!<arch>');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^busybox-static 1\.0\+b1 is now 1:1\..* updated .*real\.lock\.json$/);
  expect(await lockPackages(locked(source, file), work({ locked: true }))).toEqual(packages);
}, 120_000);
