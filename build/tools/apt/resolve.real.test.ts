import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { debianSource, type LockedPackage } from '../../debian/source.ts';
import { testWork } from '../../testing.ts';
import type { Work } from '../../work.ts';
import { aptTree } from './apt.ts';
import { resolvePackages } from './resolve.ts';
import { TestArchive } from './testing.ts';

let dir: string;
let archive: TestArchive;
let packages: LockedPackage[];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kit-resolve-'));
  archive = await TestArchive.make(dir);
  const all = [
    { name: 'aa', version: '1.0~rc1+b1', depends: 'bb (>= 2), cc | dd' },
    { name: 'bb', version: '1' },
    { name: 'bb', version: '1:0.5-1' },
    { name: 'cc', version: '3' },
    { name: 'ee', version: '9', depends: 'nothing-that-is-there' },
  ];
  packages = await archive.publish(all, work());
  // The apt of the tools is of Debian's own mirror.
  await aptTree(testWork());
}, 300_000);
afterAll(() => rmSync(dir, { recursive: true }));

let turn = 0;

/** With a mirror of its own each time, since a process reads each list once. */
function work(): Work {
  turn += 1;
  const uri = `${pathToFileURL(dir).href}/${'./'.repeat(turn)}archive`;
  const env = { ...process.env, KIT_DEBIAN_MIRROR: uri, KIT_DEBIAN_KEYRING: archive.keyring };
  return testWork({ env });
}

const namesOf = (found: readonly LockedPackage[]): string[] =>
  found.map(({ name, version }) => `${name} ${version}`);

test('dependencies are found by apt, in the newest versions', async () => {
  const found = await resolvePackages(debianSource({ packages: ['aa'] }), work());
  expect(namesOf(found)).toEqual(['aa 1.0~rc1+b1', 'bb 1:0.5-1', 'cc 3']);
  expect(packages).toEqual(expect.arrayContaining(found));
});

test('without dependencies, only the named packages are found, and no apt is needed', async () => {
  const found = await resolvePackages(debianSource({ packages: ['bb', 'aa'], depends: false }), work());
  expect(namesOf(found)).toEqual(['aa 1.0~rc1+b1', 'bb 1:0.5-1']);
});

test('keep selects among the packages found', async () => {
  const found = await resolvePackages(debianSource({ packages: ['aa'], keep: ['b?'] }), work());
  expect(namesOf(found)).toEqual(['bb 1:0.5-1']);
});

test.each([true, false])('a package that is not there is named (dependencies: %s)', async (depends) => {
  await expect(resolvePackages(debianSource({ packages: ['nonesuch'], depends }), work())).rejects.toThrow(
    'Cannot find package "nonesuch" in Debian trixie',
  );
});

test('dependencies that cannot be met are reported with the reason of apt', async () => {
  await expect(resolvePackages(debianSource({ packages: ['ee'] }), work())).rejects.toThrow(
    /ee:\w+ Depends nothing-that-is-there/,
  );
});

test('a suite that the mirror lacks is named', async () => {
  await expect(resolvePackages(debianSource({ packages: ['aa'], suite: 'sid' }), work())).rejects.toThrow(
    /^Cannot use the Debian mirror "file:.*": it has no suite "sid"$/,
  );
});

test('a list that was changed after it was signed is refused', async () => {
  const file = join(archive.dir, `dists/trixie/main/binary-${testWork().arch}/Packages.xz`);
  const whole = readFileSync(file);
  const changed = Buffer.from(whole);
  changed[whole.length >> 1] = (changed[whole.length >> 1] ?? 0) ^ 1;
  writeFileSync(file, changed);
  await expect(resolvePackages(debianSource({ packages: ['aa'] }), work())).rejects.toThrow(
    /^Cannot use the Debian mirror "file:.*": its package list does not match its Release file$/,
  );
  writeFileSync(file, whole);
});
