import { mkdtempSync, rmSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generateKey } from 'openpgp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newestSource } from '../../debian/archive/newest-source.ts';
import { GoneError } from '../../debian/fetch.ts';
import { fetchLockedPackages, lockPackages } from '../../debian/locked-packages.ts';
import { newerPackages } from '../../debian/renew-lock.ts';
import { debianSource, type LockedPackage } from '../../debian/source.ts';
import { testWork } from '../../testing.ts';
import type { Work } from '../../work.ts';
import { resolvePackages } from './resolve.ts';
import { TestArchive } from './testing.ts';

let dir: string;
let archive: TestArchive;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kit-sources-'));
  archive = await TestArchive.make(dir);
  await archive.publish([{ name: 'tool', version: '1' }], work());
  await archive.publishSource({ name: 'aa', version: '1.0-1', files: { 'a.c': 'int a;\n' } }, work());
}, 300_000);
afterAll(() => rmSync(dir, { recursive: true }));

let turn = 0;

/** With a mirror and a cache of its own each time. */
function work(env: Readonly<Record<string, string>> = {}): Work {
  turn += 1;
  const uri = `${pathToFileURL(dir).href}/${'./'.repeat(turn)}archive`;
  return testWork({
    env: { ...process.env, KIT_DEBIAN_MIRROR: uri, KIT_DEBIAN_KEYRING: archive.keyring, ...env },
    cacheDir: join(dir, `cache-${turn}`),
  });
}

const main = { suite: 'trixie', components: ['main'] } as const;
const lockOf = (name: string) => ({
  source: debianSource({ packages: ['tool'], depends: false, sourcePackage: 'aa' }),
  ...{ lockFile: join(dir, `${name}.lock.json`), resolve: resolvePackages },
});

test('the newest version of a source package is found, with its files by path, size and sha256', async () => {
  const found = await newestSource('aa', main, work());
  expect(found.map(({ filename }) => filename)).toEqual([
    'pool/main/aa/aa_1.0-1.dsc',
    'pool/main/aa/aa_1.0.orig.tar.gz',
    'pool/main/aa/aa_1.0-1.debian.tar.gz',
  ]);
  expect(found[0]).toMatchObject({ name: 'src:aa', version: '1.0-1', architecture: 'source' });
  await expect(newestSource('nonesuch', main, work())).rejects.toThrow(
    'Cannot find source package "nonesuch" in Debian trixie',
  );
});

test('the lock of a package names its tools and the files of its source package', async () => {
  const here = work();
  const locked = await lockPackages(lockOf('lock'), here);
  expect(locked.map(({ name }) => name)).toEqual(['tool', 'src:aa', 'src:aa', 'src:aa']);
  const { packages, debs } = await fetchLockedPackages(lockOf('lock'), { ...here, locked: true });
  expect(packages).toEqual(locked);
  expect(debs).toHaveLength(4);
});

test('a .dsc that a stranger has signed is refused', async () => {
  const { privateKey } = await generateKey({ userIDs: [{ name: 'Stranger' }], format: 'object' });
  await archive.publishSource({ name: 'stranger', version: '1-1', signer: privateKey }, work());
  await expect(newestSource('stranger', main, work())).rejects.toThrow(
    /^Cannot trust the source package stranger 1-1: Could not find signing key/,
  );
});

test('a security fix of a source package is noticed; a version that is gone is looked for in a second archive', async () => {
  const one = { name: 'aa', version: '1.0-1', files: { 'a.c': 'int a;\n' } };
  await archive.publishSource(one, work());
  const before = work();
  await lockPackages(lockOf('old'), before);
  await archive.publishSource({ ...one, version: '1.0-1+deb13u1' }, work(), 'trixie-security');
  const { changes } = await newerPackages(lockOf('old'), work());
  expect(changes).toEqual([
    {
      ...{ name: 'src:aa', source: 'aa', from: '1.0-1', to: '1.0-1+deb13u1' },
      ...{ suite: 'trixie-security', security: true },
    },
  ]);
  const [, dsc] = (await lockPackages(lockOf('old'), before)) as [LockedPackage, LockedPackage];
  const empty = pathToFileURL(join(dir, 'nowhere')).href;
  const gone = { ...work({ KIT_DEBIAN_MIRROR: empty }), locked: true };
  await expect(fetchLockedPackages(lockOf('old'), gone)).rejects.toThrow(GoneError);
  const second = work({ KIT_DEBIAN_MIRROR: empty, KIT_DEBIAN_SNAPSHOT: pathToFileURL(archive.dir).href });
  expect((await fetchLockedPackages(lockOf('old'), { ...second, locked: true })).debs).toHaveLength(4);
  unlinkSync(join(archive.dir, dsc.filename));
  const lost = work({ KIT_DEBIAN_MIRROR: empty, KIT_DEBIAN_SNAPSHOT: pathToFileURL(archive.dir).href });
  await expect(fetchLockedPackages(lockOf('old'), { ...lost, locked: true })).rejects.toThrow(
    'Cannot fetch src:aa 1.0-1: the Debian mirror no longer has it',
  );
});
