import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { applyMetadata } from './apply-metadata.ts';
import type { Provider } from './provider.ts';
import { providersOf } from './providers.ts';
import { readTrust } from './trust/trust.ts';

const providersFor = (names: readonly string[]): Provider[] => providersOf(names, readTrust({}));

const folder = mkdtempSync(join(tmpdir(), 'kit-metadata-'));
afterAll(() => rmSync(folder, { recursive: true }));

const volume = join(folder, 'cidata.iso');
const golden = join(import.meta.dirname, '../../lib/volumes/testdata/rock-ridge.iso.zst');
writeFileSync(volume, zstdDecompressSync(readFileSync(golden)));

test('writes the files of a volume, the hostname for init among them', async () => {
  const config = join(folder, 'config');
  const { lines, ok } = await applyMetadata(providersFor([`cdrom=${volume}`]), config);
  expect([lines, ok]).toEqual([
    ['metadata from CDROM: instance_id, hostname, userdata, ssh/authorized_keys'],
    true,
  ]);
  expect(readFileSync(join(config, 'ssh/authorized_keys'), 'utf8')).toBe(
    'ssh-ed25519 AAAAC3Nz golden@example\n',
  );
  expect(statSync(join(config, 'ssh/authorized_keys')).mode & 0o777).toBe(0o600);
  expect(readFileSync(join(config, 'hostname'), 'utf8')).toBe('golden');
});

test('takes the first provider that has metadata; a second run replaces files', async () => {
  const path = join(folder, 'user-data');
  writeFileSync(path, '{"hostname": {"content": "file\\n"}}');
  const config = join(folder, 'config');
  const providers = providersFor(['file=/nonexistent', `file=${path}`, `cdrom=${volume}`]);
  expect(await applyMetadata(providers, config)).toMatchObject({ ok: true });
  expect(readFileSync(join(config, 'provider'), 'utf8')).toBe(`FILE ${path}`);
  expect(readFileSync(join(config, 'hostname'), 'utf8')).toBe('file\n');
});

test('a key in user data is readable only by root, also in the copy of the user data and in its folder', async () => {
  const path = join(folder, 'secrets');
  const tls = { perm: '0710', entries: { 'key.pem': { content: 'secret', perm: '0600' } } };
  writeFileSync(path, JSON.stringify({ tls, app: { entries: { password: { content: 'secret' } } } }));
  const config = join(folder, 'secret-config');
  expect(await applyMetadata(providersFor([`file=${path}`]), config)).toMatchObject({ ok: true });
  const modeOf = (name: string): string => (statSync(join(config, name)).mode & 0o777).toString(8);
  const names = ['userdata', 'tls', 'tls/key.pem', 'app', 'app/password', 'provider'];
  expect(names.map(modeOf)).toEqual(['600', '710', '600', '700', '600', '644']);
});

test('missing metadata is not a failure, and no file is written', async () => {
  const config = join(folder, 'none');
  expect(await applyMetadata(providersFor(['file=/nonexistent']), config)).toEqual({
    lines: ['no metadata found'],
    ok: true,
  });
  expect(() => statSync(config)).toThrow();
});

test('reports a truncated volume and a huge file', async () => {
  const [broken, endless] = [join(folder, 'broken.iso'), join(folder, 'endless')];
  writeFileSync(broken, readFileSync(volume).subarray(0, 40_000));
  writeFileSync(endless, '');
  truncateSync(endless, 1e12);
  const { lines, ok } = await applyMetadata(providersFor([`cdrom=${broken}`, `file=${endless}`]), folder);
  expect(ok).toBe(false);
  expect(lines[0]).toMatch(/^Cannot read data volume ".*broken.iso": /);
  expect(lines[1]).toMatch(/^Cannot read ".*endless": longer than 4194304 bytes$/);
});

test('refuses an unknown provider and lists the known ones', () => {
  expect(() => providersFor(['ec2'])).toThrow('Cannot use metadata provider "ec2": no such provider');
  expect(() => providersFor(['aws'])).toThrow('Cannot use metadata provider "aws": it is a cloud');
  expect(() => providersFor(['file'])).toThrow('expected file=PATH');
  expect(providersFor([]).map(({ name }) => name)).toEqual(['CDROM']);
});
