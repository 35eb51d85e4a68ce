import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCleartextMessage, generateKey, type PrivateKey, sign } from 'openpgp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testWork } from '../../testing.ts';
import { type Release, readRelease } from './release.ts';

let dir: string;
let keys: PrivateKey[];

const newKey = async (name: string): Promise<PrivateKey> =>
  (await generateKey({ userIDs: [{ name }], format: 'object' })).privateKey;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kit-release-'));
  keys = [await newKey('one'), await newKey('two')];
  writeFileSync(join(dir, 'one.asc'), keys[0]?.toPublic().armor() ?? '');
  writeFileSync(join(dir, 'one.pgp'), keys[0]?.toPublic().write() ?? '');
});
afterAll(() => rmSync(dir, { recursive: true }));

async function signed(text: string, by: readonly PrivateKey[] = keys): Promise<string> {
  return sign({ message: await createCleartextMessage({ text }), signingKeys: [...by] });
}

const read = (inRelease: string, keyring = join(dir, 'one.pgp')): Promise<Release> =>
  readRelease(inRelease, 'trixie', testWork({ env: { KIT_DEBIAN_KEYRING: keyring } }));

const sum = 'a'.repeat(64);
const text = `Origin: Debian
Suite: stable
Codename: trixie
MD5Sum:
 ${'b'.repeat(32)} 5 main/binary-amd64/Packages
SHA256:
 ${sum} 1234 main/binary-amd64/Packages.xz
 ${sum}   17 main/binary-arm64/Packages
`;

test.each(['one.asc', 'one.pgp'])('a release signed by one of several keys is read: %s', async (keyring) => {
  const { files } = await read(await signed(text), join(dir, keyring));
  expect(Object.fromEntries(files)).toEqual({
    'main/binary-amd64/Packages.xz': { size: 1234, sha256: sum },
    'main/binary-arm64/Packages': { size: 17, sha256: sum },
  });
});

test('text around the signed part is not read', async () => {
  const inRelease = `SHA256:\n ${sum} 1 evil\n${await signed(text)}SHA256:\n ${sum} 1 evil\n`;
  const release = await read(inRelease).catch((thrown: unknown) => thrown);
  if (release instanceof Error) expect(release.message).toMatch(/^Cannot trust the Release file/);
  else expect([...(release as Release).files.keys()]).not.toContain('evil');
});

test.each<[string, () => Promise<string>, string | RegExp]>([
  ['without a signature', async () => text, 'it is not signed'],
  ['that was changed', async () => (await signed(text)).replace('1234', '1235'), /digest/],
  ['signed by another key', () => signed(text, keys.slice(1)), /Could not find signing key/],
  ['of another suite', () => signed(text.replace('trixie', 'bookworm')), 'it is of suite "stable"'],
  [
    'that has expired',
    () => signed(`Valid-Until: Sat, 01 Feb 2020 00:00:00 UTC\n${text}`),
    'it expired on Sat, 01 Feb 2020 00:00:00 UTC',
  ],
])('a release %s is refused', async (_title, make, reason) => {
  const inRelease = await make();
  await expect(read(inRelease)).rejects.toThrow(/^Cannot trust the Release file of Debian trixie: /);
  await expect(read(inRelease)).rejects.toThrow(reason);
});

test('an expired release is read if the setting says so', async () => {
  const env = { KIT_DEBIAN_KEYRING: join(dir, 'one.pgp'), KIT_DEBIAN_EXPIRED: 'accept' };
  const old = await signed(`Valid-Until: Sat, 01 Feb 2020 00:00:00 UTC\n${text}`);
  expect((await readRelease(old, 'trixie', testWork({ env }))).files.size).toBe(2);
});

test('a keyring that is none is named', async () => {
  const keyring = join(dir, 'none.pgp');
  await expect(read(await signed(text), keyring)).rejects.toThrow(
    `Cannot read the OpenPGP keys "${keyring}": `,
  );
  writeFileSync(keyring, 'no keys');
  await expect(read(await signed(text), keyring)).rejects.toThrow(
    `Cannot read the OpenPGP keys "${keyring}": `,
  );
});
