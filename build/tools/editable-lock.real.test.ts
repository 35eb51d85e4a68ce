import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRoot, needs } from '../../test/support/needs.ts';
import { emptyDebianLock, writeDebianLock } from '../debian/lock-file.ts';
import { fetchLockedPackages } from '../debian/locked-packages.ts';
import { debianSource } from '../debian/source.ts';
import { testWork } from '../testing.ts';
import type { Work } from '../work.ts';
import { resolvePackages } from './apt/resolve.ts';
import { TestArchive } from './apt/testing.ts';
import { editableLock } from './editable-lock.ts';

let dir: string;
let lockFile: string;
let archive: TestArchive;
const source = debianSource({ packages: ['aa'], depends: false });

const work = (part: Partial<Work> = {}): Work => {
  const env = { KIT_DEBIAN_MIRROR: pathToFileURL(archive.dir).href, KIT_DEBIAN_KEYRING: archive.keyring };
  return testWork({ cacheDir: join(dir, 'cache'), env, ...part });
};

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kit-lock-'));
  archive = await TestArchive.make(dir);
  const [old] = await archive.publish([{ name: 'aa', version: '1' }], testWork());
  mkdirSync(join(dir, 'kit'));
  lockFile = join(dir, 'kit/tools.lock.json');
  if (old) await writeDebianLock(lockFile, emptyDebianLock(source), testWork().arch, [old]);
  // The mirror has only the new version.
  rmSync(join(archive.dir, 'pool'), { recursive: true });
  await archive.publish([{ name: 'aa', version: '2' }], testWork());
}, 300_000);
afterAll(() => {
  chmodSync(join(dir, 'kit'), 0o755);
  rmSync(dir, { recursive: true });
});

test('a lock that may be written is used itself', async () => {
  expect(await editableLock(lockFile, work())).toBe(lockFile);
});

test(
  'a lock that may not be written is renewed in the cache',
  needs('an ordinary user', !isRoot),
  async () => {
    chmodSync(join(dir, 'kit'), 0o555);
    const before = readFileSync(lockFile, 'utf8');
    for (const _again of [1, 2]) {
      const copy = await editableLock(lockFile, work());
      const { packages } = await fetchLockedPackages(
        { source, lockFile: copy, resolve: resolvePackages },
        work(),
      );
      expect(packages).toMatchObject([{ name: 'aa', version: '2' }]);
    }
    expect(readFileSync(lockFile, 'utf8')).toBe(before);
    // With --locked, nothing but kit's own lock counts.
    expect(await editableLock(lockFile, work({ locked: true }))).toBe(lockFile);
  },
);

test(
  'a lock of a package that may not be written is an error',
  needs('an ordinary user', !isRoot),
  async () => {
    chmodSync(join(dir, 'kit'), 0o555);
    await expect(
      fetchLockedPackages({ source, lockFile, resolve: resolvePackages }, work()),
    ).rejects.toMatchObject({
      message: `Cannot update lock file "${lockFile}": permission denied`,
      hint: expect.stringContaining('KIT_DEBIAN_SNAPSHOT'),
    });
  },
);
