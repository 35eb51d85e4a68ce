import { appendFileSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kitRoot } from '../../../build/host/paths.ts';
import { testWork } from '../../../build/testing.ts';
import { toolsTree } from '../../../build/tools/tree.ts';
import { nocloud, type Seeds, seeds, taken, withoutIso9660 } from './seeds.ts';

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
    const fixedNetwork = 'version: 2\nethernets: {eth0: {addresses: [10.0.2.20/24]}}\n';
    expect(await make({ ...nocloud, 'network-config': fixedNetwork, 'userdata.yml': 'x' })).toEqual([
      ...taken.lines,
      'not read: "userdata.yml", since its name is not "user-data"',
      'not obeyed: network-config: the manifest and DHCP give the machine its addresses; ' +
        '`network: {metadata: true}` in the manifest lets metadata do it',
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
      'ignored keys of meta-data: admin_pass',
      'not obeyed: packages (line 2 of the vendor-data): the image has all programs of the machine',
    ],
    true,
  ]);
  expect(files).toMatchObject({
    instance_id: 'u-1',
    hostname: 'os.example.org',
    'ssh/authorized_keys': `ssh-rsa AAAA mine\n${taken.files['ssh/authorized_keys']}`,
  });
});

describe('UDF', () => {
  test('alone, with a file of many blocks', async () => {
    const long = `${nocloud['user-data']}${'# long\n'.repeat(90_000)}`;
    await udf('udf.iso', 'cidata', { ...nocloud, 'user-data': long });
    expect(await geniso.apply('udf.iso')).toEqual({ ...taken, files: { ...taken.files, userdata: long } });
  });

  test('in folders, with names of other scripts beside them', async () => {
    const [from, to] = ['openstack/latest/meta_data.json', { uuid: 'u-1', hostname: 'os' }];
    await udf('drive.iso', 'config-2', { [from]: JSON.stringify(to), 'Grüße 文字.txt': 'x' });
    expect((await geniso.apply('drive.iso')).files).toMatchObject({ instance_id: 'u-1', hostname: 'os' });
  });

  test.each(
    ['0x0102', '0x0150', '0x0200', '0x0201'].flatMap((revision) => [
      [revision, '512'],
      [revision, '2048'],
      [revision, '4096'],
    ]),
  )('of mkudffs, revision %s, blocks of %s bytes', async (revision, bytes) => {
    await mkudffs(`--udfrev=${revision}`, `--blocksize=${bytes}`);
    expect((await geniso.apply('mkudffs.img')).lines).toEqual([
      'nothing in the data volume "VOLUME": it has neither user-data nor meta-data: it is empty',
      'no metadata found',
    ]);
  });

  test('for rewriting is named', async () => {
    await mkudffs('--media-type=cdrw');
    expect((await geniso.apply('mkudffs.img')).lines[0]).toBe(
      'Cannot read data volume "VOLUME": Cannot read UDF: it is made for rewriting, and only plain partitions ' +
        'are read',
    );
  });

  /** An empty volume. */
  async function mkudffs(...options: readonly string[]): Promise<void> {
    writeFileSync(join(geniso.folder, 'mkudffs.img'), Buffer.alloc(8 << 20));
    await geniso.run('mkudffs', ...options, '--label=cidata', 'mkudffs.img');
  }
});

async function udf(name: string, label: string, files: Record<string, string>): Promise<void> {
  const options = ['-quiet', '-udf', '-input-charset', 'utf-8', '-V', label];
  await geniso.run('genisoimage', ...options, '-o', name, geniso.files(files));
  withoutIso9660(join(geniso.folder, name));
}

describe('OVF environment', () => {
  const shape = (name: string): string =>
    readFileSync(join(kitRoot, `lib/metadata/ovf/testdata/${name}.xml`), 'utf8');
  const told = { hostname: 'web', userdata: '#cloud-config\ntimezone: UTC\n' };

  test("VMware's disc", async () => {
    const from = geniso.files({ 'ovf-env.xml': shape('vmware') });
    await geniso.run('genisoimage', '-quiet', '-J', '-r', '-V', 'OVF ENV', '-o', 'vmware.iso', from);
    expect((await geniso.apply('vmware.iso')).files).toMatchObject({ ...told, provider: 'OVF' });
  });

  test("Azure's disc", async () => {
    await udf('azure.iso', 'rd_rdfe_stable.161213-1209', { 'ovf-env.xml': shape('azure') });
    expect((await geniso.apply('azure.iso')).files).toMatchObject({ ...told, provider: 'Azure' });
  });
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
