import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeWrapper } from '../../support/wrapper.ts';
import { key, nocloud, type Seeds, seeds, taken } from './seeds.ts';
import { seedTools } from './tools.ts';

let here: Seeds;
beforeAll(async () => {
  here = await seeds();
  // The programs that cloud-localds starts by name.
  for (const name of ['genisoimage', 'mcopy', 'mkfs.fat'])
    await writeWrapper(await seedTools(), name, here.folder);
  const mkfs = readFileSync(join(here.folder, 'mkfs.fat'), 'utf8');
  writeFileSync(join(here.folder, 'mkfs.vfat'), mkfs);
  for (const name of ['genisoimage', 'mcopy', 'mkfs.vfat']) chmodSync(join(here.folder, name), 0o755);
}, 300_000);
afterAll(() => here[Symbol.dispose]());

/** Makes `seed.img` by cloud-localds, and applies it. */
async function localds(options: readonly string[], files: Record<string, string | Buffer>): Promise<unknown> {
  const from = here.files(files);
  const inputs = Object.keys(files).filter((name) => name.endsWith('-data') && name !== 'vendor-data');
  const named = (option: string): string => (files[option] === undefined ? option : `${from}/${option}`);
  await here.run(
    'cloud-localds',
    ...options.map(named),
    'seed.img',
    ...inputs.map((name) => `${from}/${name}`),
  );
  return here.apply('seed.img');
}

describe('cloud-localds', () => {
  test('makes an ISO', async () => expect(await localds([], nocloud)).toEqual(taken));
  test('makes a FAT volume', async () => expect(await localds(['-f', 'vfat'], nocloud)).toEqual(taken));

  test('writes meta-data of its own, as JSON', async () => {
    expect(await localds(['-H', 'web'], { 'user-data': nocloud['user-data'] })).toMatchObject({
      ...{ ok: true, files: { hostname: 'web', instance_id: expect.stringMatching(/^iid-/) } },
    });
  });

  test('adds network-config and vendor-data', async () => {
    const files = {
      ...nocloud,
      'network-config': 'version: 2\nethernets: {eth0: {dhcp4: true}}\n',
      'vendor-data': '#cloud-config\nhostname: vendor\npackages: [x]\n',
    };
    expect(await localds(['-N', 'network-config', '-V', 'vendor-data'], files)).toMatchObject({
      lines: [
        ...taken.lines,
        'not obeyed: packages (line 3 of the vendor-data): the image has all programs of the machine',
      ],
      ok: true,
      files: { hostname: 'vendor', 'ssh/authorized_keys': `${key}\n` },
    });
  });

  test('writes interfaces into meta-data', async () => {
    const files = { 'user-data': nocloud['user-data'], interfaces: 'auto eth0\niface eth0 inet dhcp\n' };
    expect(await localds(['-i', 'interfaces'], files)).toMatchObject({
      lines: [
        ...taken.lines.map((line) => line.replace('hostname, ', '')),
        'ignored keys of meta-data: interfaces',
      ],
    });
  });

  test.each([
    ['gzip', gzipSync(nocloud['user-data'])],
    ['text of Windows', Buffer.from(`\ufeff${nocloud['user-data'].replaceAll('\n', '\r\n')}`)],
  ])('takes any user data: %s', async (_case, data) => {
    expect(await localds([], { ...nocloud, 'user-data': data })).toMatchObject({
      ...{ lines: taken.lines, ok: true, files: { 'ssh/authorized_keys': `${key}\n` } },
    });
  });
});

describe('write-mime-multipart', () => {
  const parts = {
    'keys.yml': nocloud['user-data'],
    'name.yml': '#cloud-config\nhostname: web\n',
    'unicode.yml': '#cloud-config\nwrite_files: [{path: /run/config/greeting, content: Grüße}]\n',
    'run.sh': '#!/bin/sh\necho hello\n',
    'list.txt': '#include\nhttps://example.org/more\n',
    'handler.py': '#part-handler\ndef list_types(): pass\n',
    archive:
      '#cloud-config-archive\n- type: text/cloud-config\n  content: |\n    write_files: [{path: /run/config/a, content: b}]\n',
  };

  test.each([
    ['plain', []],
    ['compressed', ['--gzip']],
  ])('%s', async (_case, options) => {
    const from = here.files(parts);
    const names = Object.keys(parts).map((name) => `${from}/${name}`);
    await here.run('write-mime-multipart', ...options, '--output=message', ...names);
    const message = readFileSync(join(here.folder, 'message'));
    expect(await localds([], { 'user-data': message, 'meta-data': nocloud['meta-data'] })).toMatchObject({
      lines: [
        'metadata from CDROM: instance_id, hostname, userdata, ssh/authorized_keys, a',
        'not obeyed: part 4 ("run.sh") of the user-data is a script, and kit runs no program out of metadata',
        'not obeyed: part 5 ("list.txt") of the user-data is a list of addresses (#include), and kit fetches ' +
          'nothing for metadata',
        'not obeyed: part 6 ("handler.py") of the user-data is a program (#part-handler), and kit runs no ' +
          'program out of metadata',
      ],
      ok: true,
      files: { hostname: 'web', a: 'b', 'ssh/authorized_keys': `${key}\n` },
    });
  });
});
