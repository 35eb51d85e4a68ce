import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testRecord } from '../testing/record.ts';
import { manifestText, writeSupport } from './archive.ts';
import { hostPart } from './host-part.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kit-support-'));
});
afterEach(() => rm(dir, { recursive: true }));

test('the manifest lists files with their sizes, then what is missing', () => {
  const files = [
    { name: 'host/kit.json', bytes: 12, what: 'versions' },
    { name: 'a', bytes: 1234, what: 'x' },
  ];
  expect(manifestText(files, [{ name: 'guest/logs', why: 'it does not answer' }])).toBe(
    [
      'host/kit.json         12  versions',
      'a                   1234  x',
      'MISSING guest/logs: it does not answer',
      '',
    ].join('\n'),
  );
});

test('the archive is masked, sorted, reproducible, and only for its owner', async () => {
  const files = [
    { name: 'host/b', text: 'password=hunter2 stays secret\n', what: 'b' },
    { name: 'host/a', text: 'a\n', what: 'a' },
  ];
  const [one, two] = [join(dir, '1.tar.gz'), join(dir, '2.tar.gz')];
  const { files: listed } = await writeSupport(one, 't1', files, []);
  await writeSupport(two, 't1', files.toReversed(), []);
  expect(listed.map(({ name }) => name)).toEqual(['host/a', 'host/b']);
  expect((await readFile(one)).equals(await readFile(two))).toBe(true);
  const tar = gunzipSync(await readFile(one)).toString('latin1');
  expect(tar).toContain('t1/MANIFEST');
  expect(tar).not.toContain('hunter2');
  expect((await stat(one)).mode & 0o777).toBe(0o600);
  expect((await readdir(dir)).sort()).toEqual(['1.tar.gz', '2.tar.gz']);
});

test('every log of the folder is taken that is not empty, and no path of this host', async () => {
  await writeFile(join(dir, 'console.log'), 'booted\n');
  await writeFile(join(dir, 'console.log.1'), 'older\n');
  await writeFile(join(dir, 'vmm.log'), 'of a backend\n');
  await writeFile(join(dir, 'monitor.log'), '');
  await writeFile(join(dir, 'data.iso'), 'secret');
  const boot = { kind: 'disk', path: '/home/ann/web.img', format: 'raw' } as const;
  const record = testRecord('t1', { boot: { ...boot, firmware: 'bios', writable: false } });
  const files = await hostPart({ dir, record });
  expect(files.map(({ name, what }) => [name, what]).sort()).toEqual([
    ['host/console.log', 'what the guest wrote to its serial console'],
    ['host/console.log.1', 'the console before it was rotated'],
    ['host/kit.json', 'versions, and this host'],
    ['host/machine.json', 'the machine as it was started'],
    ['host/vmm.log', 'what vmm wrote'],
  ]);
  expect(files.map(({ text }) => text).join('')).not.toContain('/home/ann');
});
