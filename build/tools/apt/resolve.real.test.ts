import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchLockedPackages, type LockedSource, lockPackages } from '../../debian/locked-packages.ts';
import { type DebianSource, debianSource, type LockedPackage } from '../../debian/source.ts';
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

/** The same with a cache of its own. */
const fetching = (): Work => ({ ...work(), cache: testWork({ cacheDir: join(dir, 'cache') }).cache });

const locked = (source: DebianSource): LockedSource => ({
  ...{ source, lockFile: join(dir, `fixed-${source.depends}.lock.json`), resolve: resolvePackages },
});

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

test('other components of the archive have lists of their own, which the lock names', async () => {
  const here = work();
  const [own] = await archive.publish(
    [{ name: 'firmware-x', version: '7', depends: 'bb' }],
    here,
    'trixie',
    'non-free-firmware',
  );
  const source = debianSource({ packages: ['firmware-x'], components: ['main', 'non-free-firmware'] });
  const found = await resolvePackages(source, here);
  expect(namesOf(found)).toEqual(['bb 1:0.5-1', 'firmware-x 7']);
  expect(found[1]).toEqual(own);
  expect(own?.filename).toMatch(/^pool\/non-free-firmware\//);
  expect(await resolvePackages({ ...source, depends: false }, here)).toEqual([own]);
  const mainOnly = resolvePackages(debianSource({ packages: ['firmware-x'] }), work());
  await expect(mainOnly).rejects.toThrow('Cannot find package "firmware-x" in Debian trixie');
  const unknown = resolvePackages(debianSource({ packages: ['aa'], components: ['non-fee'] }), work());
  await expect(unknown).rejects.toThrow(/Debian trixie non-fee has no packages for/);
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

test('a fix that only the security suite has is taken, with the suite it is from', async () => {
  const fixed = await archive.publish(
    [{ name: 'aa', version: '1.0+deb13u1', depends: 'bb' }],
    work(),
    'trixie-security',
  );
  for (const depends of [true, false]) {
    const source = debianSource({ packages: ['aa'], depends });
    const found = await resolvePackages(source, work());
    expect(namesOf(found)[0]).toBe('aa 1.0+deb13u1');
    expect(found[0]).toEqual(fixed[0]);
    expect(found[0]).toMatchObject({
      suite: 'trixie-security',
      filename: expect.stringMatching(/^pool\/updates\//),
    });
    // Its file is in the security archive, which a locked build finds without the lists.
    await lockPackages(locked(source), work());
    const { packages, debs } = await fetchLockedPackages(locked(source), { ...fetching(), locked: true });
    expect(packages).toEqual(found);
    expect(debs.length).toBe(found.length);
  }
});

test('a newer version in the updates suite is taken; in the main archive it needs no suite', async () => {
  const [newer] = await archive.publish([{ name: 'cc', version: '3.1' }], work(), 'trixie-updates');
  expect(await resolvePackages(debianSource({ packages: ['cc'] }), work())).toEqual([newer]);
  expect(newer).not.toHaveProperty('suite');
});

test('without a security archive, the setting "none" takes the suite alone', async () => {
  const alone = work();
  const env = { ...alone.env, KIT_DEBIAN_SECURITY: 'none' };
  const found = await resolvePackages(debianSource({ packages: ['aa'] }), { ...alone, env });
  expect(namesOf(found)[0]).toBe('aa 1.0~rc1+b1');
});

const security = (path: string): string => join(`${archive.dir}-security`, 'dists/trixie-security', path);
const expired = 'Valid-Until: Sat, 01 Feb 2020 00:00:00 UTC\n';

test.each<[string, () => unknown, string | RegExp]>([
  [
    'that has expired: its mirror holds fixes back',
    () => archive.resign('trixie-security', expired),
    'Cannot trust the Release file of Debian trixie-security: it expired on Sat, 01 Feb 2020 00:00:00 UTC',
  ],
  [
    'whose end nobody can read',
    () => archive.resign('trixie-security', 'Valid-Until: one day\n'),
    'Cannot trust the Release file of Debian trixie-security: it expired on one day',
  ],
  [
    'that was changed after it was signed',
    () => {
      const text = readFileSync(security('InRelease'), 'utf8');
      writeFileSync(security('InRelease'), text.replace('updates/main', 'updates/evil'));
    },
    /^Cannot trust the Release file of Debian trixie-security: /,
  ],
  [
    'whose list was changed',
    () => {
      const file = security(`main/binary-${testWork().arch}/Packages.xz`);
      const bytes = readFileSync(file);
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      writeFileSync(file, bytes);
    },
    /-security": its package list does not match its Release file$/,
  ],
  [
    'in place of which the main suite is given',
    () => copyFileSync(join(archive.dir, 'dists/trixie/InRelease'), security('InRelease')),
    'Cannot trust the Release file of Debian trixie-security: it is of suite "stable"',
  ],
  [
    'that is missing',
    () => rmSync(security('InRelease')),
    /^Cannot use the Debian mirror "file:.*-security": it has no suite "trixie-security"$/,
  ],
])('a security suite %s is an error, not left out', async (_title, harm, reason) => {
  await archive.publish([{ name: 'aa', version: '1.0+deb13u1' }], work(), 'trixie-security');
  await harm();
  for (const depends of [true, false]) {
    await expect(resolvePackages(debianSource({ packages: ['aa'], depends }), work())).rejects.toThrow(
      reason,
    );
  }
});

test('an expired suite is accepted if the setting says so', async () => {
  await archive.publish([{ name: 'aa', version: '1.0+deb13u1' }], work(), 'trixie-security');
  await archive.resign('trixie-security', expired);
  const own = work();
  const env = { ...own.env, KIT_DEBIAN_EXPIRED: 'accept' };
  const source = debianSource({ packages: ['aa'], depends: false });
  expect(namesOf(await resolvePackages(source, { ...own, env }))).toEqual(['aa 1.0+deb13u1']);
});
