import { appendFileSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testWork } from '../../../build/testing.ts';
import { toolsTree } from '../../../build/tools/tree.ts';
import { nocloud, type Seeds, seeds, taken } from './seeds.ts';

let geniso: Seeds;
let xorriso: Seeds;
beforeAll(async () => {
  geniso = await seeds();
  xorriso = await seeds(() => toolsTree(testWork()));
}, 300_000);
afterAll(() => {
  geniso[Symbol.dispose]();
  xorriso[Symbol.dispose]();
});

describe('genisoimage', () => {
  test.each([
    ['as cloud-init shows it', '-joliet -rock'],
    ['with its own names alone', ''],
    ['at level 2', '-iso-level 2'],
    ['at level 3', '-iso-level 3'],
    ['at level 4', '-iso-level 4'],
    ['with Joliet', '-J'],
    ['with Rock Ridge', '-R'],
    ['with names as they are', '-relaxed-filenames -allow-lowercase -l -N'],
    ['as a bridge to UDF', '-udf'],
    ['without padding', '-r -J -no-pad'],
    ['with versions', '-r -J -use-fileversion'],
  ])('%s', async (_case, options) => {
    const args = ['-quiet', '-volid', 'cidata', ...options.split(' ').filter(Boolean)];
    await geniso.run('genisoimage', ...args, '-o', 'seed.iso', geniso.files(nocloud));
    expect(await geniso.apply('seed.iso')).toEqual(taken);
  });

  test('a link or a compressed file is named, and an empty file never written for it', async () => {
    const from = geniso.files(nocloud);
    symlinkSync('user-data', join(geniso.folder, from, 'vendor-data'));
    await geniso.run('genisoimage', '-quiet', '-R', '-V', 'cidata', '-o', 'link.iso', from);
    expect(await geniso.apply('link.iso')).toEqual({
      ...taken,
      ok: false,
      lines: [...taken.lines, 'Cannot read "vendor-data": it is a symbolic link'],
    });
    const plain = geniso.files({
      ...nocloud,
      'user-data': `${nocloud['user-data']}${'# long\n'.repeat(9000)}`,
    });
    await geniso.run('mkzftree', plain, 'compressed');
    await geniso.run('genisoimage', '-quiet', '-R', '-z', '-V', 'cidata', '-o', 'z.iso', 'compressed');
    expect(await geniso.apply('z.iso')).toMatchObject({
      ...{ ok: false, files: { hostname: 'from-meta-data' } },
      lines: [
        'metadata from CDROM: instance_id, hostname',
        'Cannot read "user-data": it is compressed by zisofs',
      ],
    });
  });

  test('a volume without the files, or with others, is named', async () => {
    const make = async (files: Record<string, string>): Promise<string[]> => {
      await geniso.run(
        'genisoimage',
        '-quiet',
        '-J',
        '-r',
        '-V',
        'cidata',
        '-o',
        'x.iso',
        geniso.files(files),
      );
      return (await geniso.apply('x.iso')).lines;
    };
    const nothing = 'nothing in the data volume "VOLUME": it has ';
    expect(await make({ 'user-data.txt': 'x', a: '' })).toEqual([
      `${nothing}"user-data.txt", which must be named "user-data"`,
      'no metadata found',
    ]);
    expect(await make({ b: '', a: '' })).toEqual([
      `${nothing}neither user-data nor meta-data: it has a, b`,
      'no metadata found',
    ]);
    expect(await make({ ...nocloud, 'network-config': 'version: 2\n', 'userdata.yml': 'x' })).toEqual([
      ...taken.lines,
      'not read: "userdata.yml", since its name is not "user-data"',
      'not obeyed: network-config: the manifest and DHCP give the machine its addresses',
    ]);
  });
});

describe('xorriso', () => {
  test.each([
    ['as mkisofs', ['-as', 'mkisofs', '-quiet', '-V', 'CIDATA', '-J', '-r', '-o', 'OUT', 'IN']],
    [
      'with ISO 9660:1999',
      ['-as', 'mkisofs', '-quiet', '-V', 'CIDATA', '-iso-level', '4', '-o', 'OUT', 'IN'],
    ],
    [
      'with a partition',
      ['-as', 'mkisofs', '-quiet', '-V', 'CIDATA', '-r', '-partition_offset', '16', '-o', 'OUT', 'IN'],
    ],
    ['by its own commands', ['-outdev', 'OUT', '-volid', 'cidata', '-map', 'IN', '/', '-commit']],
  ])('%s', async (_case, args) => {
    const from = xorriso.files(nocloud);
    writeFileSync(join(xorriso.folder, 'OUT'), '');
    await xorriso.run('xorriso', ...args.map((arg) => (arg === 'IN' ? from : arg)));
    expect(await xorriso.apply('OUT')).toEqual(taken);
  });

  test('files of a later session count', async () => {
    const old = xorriso.files({ ...nocloud, 'user-data': '#cloud-config\nhostname: old\n' });
    await xorriso.run('xorriso', '-outdev', 'grown.iso', '-volid', 'cidata', '-map', old, '/', '-commit');
    const added = `${xorriso.files(nocloud)}/user-data`;
    await xorriso.run('xorriso', '-dev', 'grown.iso', '-update', added, '/user-data', '-commit');
    expect(await xorriso.apply('grown.iso')).toEqual(taken);
  });
});

test('an OpenStack config drive', async () => {
  const metaData = {
    uuid: 'u-1',
    hostname: 'os.example.org',
    public_keys: { mine: 'ssh-rsa AAAA mine' },
    keys: [{ name: 'mine', type: 'ssh', data: 'ssh-rsa AAAA mine' }],
    admin_pass: 'x',
  };
  const from = geniso.files({
    'openstack/latest/meta_data.json': JSON.stringify(metaData),
    'openstack/latest/user_data': nocloud['user-data'],
    'openstack/latest/vendor_data.json': '{"cloud-init": "#cloud-config\\npackages: [x]\\n"}',
    'openstack/latest/network_data.json': '{"links": []}',
    'openstack/latest/vendor_data2.json': '{}',
    'ec2/latest/user-data': '#!/bin/sh',
  });
  await geniso.run('genisoimage', '-quiet', '-J', '-r', '-V', 'config-2', '-o', 'drive.iso', from);
  const { lines, ok, files } = await geniso.apply('drive.iso');
  expect([lines, ok]).toEqual([
    [
      ...taken.lines,
      'not obeyed: openstack/latest/network_data.json: the manifest and DHCP give the machine its addresses',
      'ignored keys of meta-data: admin_pass',
      'ignored keys of cloud-config: packages',
    ],
    true,
  ]);
  expect(files).toMatchObject({
    instance_id: 'u-1',
    hostname: 'os.example.org',
    'ssh/authorized_keys': `ssh-rsa AAAA mine\n${taken.files['ssh/authorized_keys']}`,
  });
});

test('UDF is named', async () => {
  writeFileSync(join(geniso.folder, 'udf.img'), Buffer.alloc(4 << 20));
  await geniso.run('mkudffs', '-b', '2048', '-l', 'cidata', 'udf.img');
  expect((await geniso.apply('udf.img')).lines).toEqual([
    'cannot use the data volume "VOLUME": it is UDF, and kit reads ISO 9660 and FAT',
    'no metadata found',
  ]);
});

test('a truncated volume is named', async () => {
  await geniso.run(
    'genisoimage',
    '-quiet',
    '-J',
    '-r',
    '-V',
    'cidata',
    '-o',
    'cut.iso',
    geniso.files(nocloud),
  );
  const whole = readFileSync(join(geniso.folder, 'cut.iso'));
  writeFileSync(join(geniso.folder, 'cut.iso'), '');
  appendFileSync(join(geniso.folder, 'cut.iso'), whole.subarray(0, 44_000));
  expect((await geniso.apply('cut.iso')).lines[0]).toMatch(/^Cannot read data volume "VOLUME": Cannot read /);
});
