import { closeSync, openSync, readFileSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diskTools } from '../../support/tools.ts';
import { nocloud, type Seeds, seeds, taken } from './seeds.ts';

let fat: Seeds;
let disks: Seeds;
beforeAll(async () => {
  fat = await seeds();
  disks = await seeds(diskTools);
}, 300_000);
afterAll(() => {
  fat[Symbol.dispose]();
  disks[Symbol.dispose]();
});

/** An empty image, sparse. */
function image({ folder }: Seeds, name: string, mib: number): void {
  writeFileSync(join(folder, name), '');
  truncateSync(join(folder, name), mib << 20);
}

/** Copies `nocloud` into a FAT volume; `place` is `FILE` or `FILE@@BYTES`. */
async function copy(place: string, to = '::', files: Record<string, string> = nocloud): Promise<void> {
  const from = fat.files(files);
  for (const name of Object.keys(files)) await fat.run('mcopy', '-o', '-i', place, `${from}/${name}`, to);
}

describe('mkfs.fat', () => {
  test.each([
    ['-F 12', 1],
    ['-F 12', 8],
    ['-F 16', 16],
    ['-F 16', 64],
    ['-F 32', 8],
    ['-F 32', 16],
    ['-F 32', 32],
    ['-F 32', 64],
    ['-F 32', 300],
    ['', 1],
    ['', 40],
    ['', 600],
    ['-F 12 -S 1024', 4],
    ['-F 16 -S 2048', 32],
    ['-F 32 -S 2048', 64],
    ['-F 32 -S 4096', 64],
    ['-F 16 -S 4096', 64],
    ['-F 32 -s 1', 40],
    ['-F 16 -s 64', 300],
    ['-F 32 -R 64 -f 1', 64],
    ['-F 16 -f 4 -r 1024', 16],
    ['-F 32 -a -M 0xf0', 64],
    ['-F 12 -D 0 -A', 2],
  ])('%s, %d MiB', async (options, mib) => {
    image(fat, 'seed.img', mib);
    await fat.run('mkfs.fat', ...options.split(' ').filter(Boolean), '-n', 'CIDATA', 'seed.img');
    await copy('seed.img');
    expect(await fat.apply('seed.img')).toEqual(taken);
  });
});

describe('mtools', () => {
  test.each([
    ['a floppy', ['-f', '1440']],
    ['a disk', ['-T', '65536', '-h', '16', '-s', '32']],
    ['FAT32', ['-F', '-T', '131072', '-h', '16', '-s', '32']],
  ])('%s', async (_case, options) => {
    image(fat, 'm.img', _case === 'a floppy' ? 0 : 64);
    await fat.run(
      'mformat',
      ...(_case === 'a floppy' ? ['-C'] : []),
      '-i',
      'm.img',
      ...options,
      '-v',
      'cidata',
      '::',
    );
    await copy('m.img');
    expect(await fat.apply('m.img')).toEqual(taken);
  });

  test('deleted, renamed and fragmented files', async () => {
    image(fat, 'old.img', 2);
    await fat.run('mkfs.fat', '-F', '12', '-s', '1', '-n', 'CIDATA', 'old.img');
    const filling = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [`filling-${at}.bin`, 'x'.repeat(700)]),
    );
    await copy('old.img', '::', filling);
    for (let at = 0; at < 40; at += 2) await fat.run('mdel', '-i', 'old.img', `::filling-${at}.bin`);
    const long = { ...nocloud, 'user-data': `${nocloud['user-data']}${'# long\n'.repeat(3000)}` };
    await copy('old.img', '::', { 'user-data.new': long['user-data'], 'meta-data': nocloud['meta-data'] });
    await fat.run('mren', '-i', 'old.img', '::user-data.new', '::user-data');
    expect(await fat.apply('old.img')).toEqual({
      ...taken,
      files: { ...taken.files, userdata: long['user-data'] },
    });
  });

  test('names of eight characters in lower case, and in upper case', async () => {
    for (const name of ['config', 'CONFIG', 'Config']) {
      image(fat, 'c.img', 2);
      await fat.run('mkfs.fat', '-n', 'CIDATA', 'c.img');
      await copy('c.img', '::', { [name]: nocloud['user-data'] });
      expect((await fat.apply('c.img')).files).toMatchObject({ 'ssh/authorized_keys': expect.any(String) });
    }
  });

  test('names that are not ASCII stand beside the seed', async () => {
    image(fat, 'n.img', 2);
    await fat.run('mkfs.fat', '-n', 'CIDATA', 'n.img');
    await copy('n.img', '::', { 'größe-und-länge.txt': 'x', '文書.md': 'y', ...nocloud });
    expect(await fat.apply('n.img')).toEqual(taken);
  });
});

describe('disks with partitions', () => {
  test.each([
    ['an MBR', 'label: dos\nstart=2048, type=c\n', 2048],
    [
      'an MBR, the second partition',
      'label: dos\nstart=2048, size=2048, type=83\nstart=4096, type=e\n',
      4096,
    ],
    ['a GPT', 'label: gpt\nstart=2048, size=16384, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7\n', 2048],
    ['a GPT, the second partition', 'label: gpt\nstart=2048, size=2048\nstart=4096, size=16384\n', 4096],
  ])('%s', async (_case, script, sector) => {
    image(disks, 'disk.img', 16);
    await disks.runWith(script, 'sfdisk', '-q', 'disk.img');
    const disk = join(disks.folder, 'disk.img');
    image(fat, 'part.img', 4);
    await fat.run('mkfs.fat', '-F', '12', '-n', 'CIDATA', 'part.img');
    await copy('part.img');
    const descriptor = openSync(disk, 'r+');
    writeSync(descriptor, readFileSync(join(fat.folder, 'part.img')), 0, undefined, sector * 512);
    closeSync(descriptor);
    expect(await disks.apply('disk.img')).toEqual(taken);
  });
});

test('a file that a pulled disk lacks the end of is named', async () => {
  image(fat, 'half.img', 2);
  await fat.run('mkfs.fat', '-F', '12', '-s', '1', '-n', 'CIDATA', 'half.img');
  await copy('half.img', '::', { 'user-data': `#cloud-config\n${'# long\n'.repeat(1000)}` });
  const path = join(fat.folder, 'half.img');
  const bytes = readFileSync(path);
  // The table of 12-bit entries, after one reserved sector: cluster 2 ends the chain.
  bytes.set([0xf8, 0xff, 0xff, 0xff, 0x0f, 0x00], 512);
  writeFileSync(path, bytes);
  expect((await fat.apply('half.img')).lines[0]).toMatch(
    /^Cannot read data volume "VOLUME": Cannot read "user-data": 512 of 7014 bytes are on the volume$/,
  );
});

test('other file systems with the label are named', async () => {
  image(fat, 'ex.img', 8);
  await fat.run('mkfs.exfat', '-q', '-L', 'CIDATA', 'ex.img');
  image(disks, 'ext.img', 8);
  await disks.run('mke2fs', '-q', '-L', 'cidata', 'ext.img');
  const line = (kind: string): string =>
    `cannot use the data volume "VOLUME": it is ${kind}, and kit reads ISO 9660, UDF and FAT`;
  expect((await fat.apply('ex.img')).lines).toEqual([line('exFAT'), 'no metadata found']);
  expect((await disks.apply('ext.img')).lines).toEqual([line('ext2, ext3 or ext4'), 'no metadata found']);
  image(fat, 'ign.img', 2);
  await fat.run('mkfs.fat', '-n', 'IGNITION', 'ign.img');
  expect((await fat.apply('ign.img')).lines).toEqual([
    'not read: the volume "VOLUME" has Ignition\'s configuration, by its label',
    'nothing in the data volume "VOLUME": it has neither user-data nor meta-data: it is empty',
    'no metadata found',
  ]);
  expect((await fat.apply('none.img')).lines).toEqual([
    'no data volume "VOLUME": there is no such device, or no disc in it',
    'no metadata found',
  ]);
});
