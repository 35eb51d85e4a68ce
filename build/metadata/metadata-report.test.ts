import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { zstdDecompressSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { type MetadataReport, metadataReport } from './metadata-report.ts';
import { readSource } from './read-source.ts';
import { metadataReportText } from './report-text.ts';
import { type SeedKind, seedKindOf } from './single-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEmZjVtNT/RZdzOJjXss09+NGyxnadoHAJTFv9au8Ht8 me@example';
const userData = `#cloud-config
hostname: web
ssh_authorized_keys: ["${key}"]
ntp: {servers: [time.example]}
write_files:
  - {path: /run/config/app.json, content: "{}", permissions: "0644"}
  - {path: /etc/motd, content: hello}
runcmd: [ls]
`;

/** Writes files below a new folder, and returns its name. */
function written(files: Readonly<Record<string, string | Buffer>>): string {
  const place = mkdtempSync(join(folder, 'f-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(place, path, '..'), { recursive: true });
    writeFileSync(join(place, path), content);
  }
  return place;
}

const reportOf = async (file: string, kind?: SeedKind, stdin = ''): Promise<MetadataReport> =>
  metadataReport(await readSource(file, { cwd: folder, stdin: Readable.from([Buffer.from(stdin)]), kind }));

const expected = `hostname:
  web
root's keys:
  ssh-ed25519 AAAAC3NzaC1l…8Ht8 me@example
files:
  /run/config/hostname             0644  3 bytes
  /run/config/userdata             0600  ${userData.length} bytes
  /run/config/ssh/authorized_keys  0600  ${key.length + 1} bytes
  /run/config/app.json             0644  2 bytes
  /run/config/ntp/servers          0644  13 bytes
not obeyed:
  runcmd (line 8 of the user-data): kit runs no program out of metadata
problems:
  Cannot write "/etc/motd": the machine is immutable, only files below /run/config/ are written (line 7 of the user-data)
`;

test('user data in a file, and on standard input', async () => {
  const place = written({ 'any.yml': userData });
  expect(metadataReportText(await reportOf(join(place, 'any.yml')))).toBe(expected);
  expect(metadataReportText(await reportOf('-', undefined, userData))).toBe(expected);
});

test('a folder with the files of a seed', async () => {
  const seed = { 'user-data': userData, 'meta-data': 'instance-id: i-1\n', 'userdata.txt': 'x' };
  const report = await reportOf(written(seed));
  expect(report).toMatchObject({ hostname: 'web', instanceId: 'i-1', sshKeys: [key] });
  expect(report.notObeyed[0]).toBe('not read: "userdata.txt", since its name is not "user-data"');
  const drive = written({ 'openstack/latest/meta_data.json': '{"uuid": "u", "hostname": "os"}' });
  expect(await reportOf(drive)).toMatchObject({ hostname: 'os', instanceId: 'u', problems: [] });
  await expect(reportOf(written({ 'userdata.yml': '' }))).rejects.toThrow('which must be named "user-data"');
});

test('an image of a data volume', async () => {
  const golden = join(import.meta.dirname, '../../lib/volumes/testdata/rock-ridge.iso.zst');
  const place = written({ 'seed.iso': zstdDecompressSync(readFileSync(golden)) });
  expect(await reportOf(join(place, 'seed.iso'))).toMatchObject({
    sshKeys: ['ssh-ed25519 AAAAC3Nz golden@example'],
    ...{ hostname: 'golden', notObeyed: [], problems: [] },
  });
});

test('other files of a seed, by their name or as it is told', async () => {
  const place = written({
    'meta_data.json': '{"hostname": "a"}',
    x: 'local-hostname: b\n',
    'bad-meta-data': '[',
  });
  expect(await reportOf(join(place, 'meta_data.json'))).toMatchObject({ hostname: 'a' });
  expect(await reportOf(join(place, 'x'), 'meta-data')).toMatchObject({ hostname: 'b' });
  expect((await reportOf(join(place, 'bad-meta-data'))).problems[0]).toMatch(
    /^Cannot read meta-data: .* line 1/,
  );
  expect(['user-data.yml', 'web-vendor-data', 'x'].map(seedKindOf)).toEqual([
    'user-data',
    'vendor-data',
    'user-data',
  ]);
  expect(metadataReportText(await reportOf('-', 'vendor-data', '{}'))).toBe('Nothing in it.\n');
});

test('what a machine would not read', async () => {
  const place = written({ endless: '' });
  truncateSync(join(place, 'endless'), 1e10);
  await expect(reportOf(join(place, 'endless'))).rejects.toThrow('a machine reads at most 4194304 bytes');
  await expect(reportOf('nothing-here')).rejects.toThrow('Cannot read "nothing-here": no such file');
});
