import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeTree } from '../../../test/support/needs.ts';
import { testWork } from '../../testing.ts';
import { type Tools, toolsTree } from '../../tools/tree.ts';
import { createDisks, type DiskFile, parseDisk, placeDisks } from './disks.ts';

const work = testWork({ arch: 'amd64' });
let tools: Tools;
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kit-disks-'));
  tools = await toolsTree(work);
}, 600_000);
afterAll(() => removeTree(dir));

test.each([
  ['d.img', { path: '/w/d.img', format: 'raw', sizeBytes: undefined }],
  ['file=d.img,size=1G', { path: '/w/d.img', format: 'raw', sizeBytes: 2 ** 30 }],
  ['/x/d.qcow2,size=2', { path: '/x/d.qcow2', format: 'qcow2', sizeBytes: 2 ** 31 }],
  ['d,format=qcow2,size=64M', { path: '/w/d', format: 'qcow2', sizeBytes: 2 ** 26 }],
  ['size=1G,file=d=1.vmdk', { path: '/w/d=1.vmdk', format: 'vmdk', sizeBytes: 2 ** 30 }],
  ['a b.vhd', { path: '/w/a b.vhd', format: 'vhd', sizeBytes: undefined }],
  ['d.img,serial=kit-data', { path: '/w/d.img', format: 'raw', sizeBytes: undefined, serial: 'kit-data' }],
  ['/a, b/c,d.img,size=1G', { path: '/a, b/c,d.img', format: 'raw', sizeBytes: 2 ** 30 }],
  ['size=1,file=a,b.vhd', { path: '/w/a,b.vhd', format: 'vhd', sizeBytes: 2 ** 30 }],
  ['size=1', { path: undefined, format: 'raw', sizeBytes: 2 ** 30 }],
])('--disk %s', (text, disk) => {
  expect(parseDisk(text, '/w')).toEqual(disk);
});

test.each([
  ['', 'the path is missing'],
  ['format=raw', 'the path is missing'],
  ['d,size', 'no option "size"'],
  ['d,size=', 'the size of a disk'],
  ['d,sizes=1G', 'no option "sizes"'],
  ['d,format=raw,ro', 'no option "ro"'],
  ['d,serial=a b', 'is no serial number'],
  ['d,serial=123456789012345678901', 'is no serial number'],
  ['d,format=vdi', 'no format "vdi"'],
])('--disk %j is refused', (text, reason) => {
  expect(() => parseDisk(text, '/w')).toThrow(reason);
});

test('a missing disk is created once, and only with a size', async () => {
  const placed = (text: string): DiskFile[] => placeDisks([parseDisk(text, dir)], dir);
  const [disk] = placed('new/d.qcow2,size=64M');
  if (!disk) throw new Error('there is no disk');
  await createDisks([disk], tools, work.signal);
  const first = await readFile(disk.path);
  expect(first.toString('latin1', 0, 3), 'the magic of qcow2').toBe('QFI');
  await createDisks([disk], tools, work.signal);
  expect((await readFile(disk.path)).equals(first)).toBe(true);
  await expect(createDisks(placed('none.img'), tools, work.signal)).rejects.toMatchObject({
    message: `Cannot use disk "${join(dir, 'none.img')}": no such file`,
    hint: `--disk ${join(dir, 'none.img')},size=1G makes it`,
  });
});
