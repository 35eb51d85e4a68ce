import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeTree } from '../../lib/testing.ts';
import { makeDisks, type PlacedDisk, parseDisk, placeDisks } from '../media/disks.ts';
import { runTool } from '../tools/command.ts';
import { type Tools, toolsTree } from '../tools/tree.ts';
import { testWork } from '../work/testing.ts';
import { writeDataVolume } from './data-volume.ts';

const work = testWork({ arch: 'amd64' });
let tools: Tools;
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kit-data-'));
  tools = await toolsTree(work);
}, 600_000);
afterAll(() => removeTree(dir));

const data = Buffer.from('#cloud-config\nhostname: t1\n');

test('a data volume holds what cloud-init and LinuxKit look for', async () => {
  const path = join(dir, 'data.iso');
  await writeDataVolume(path, { data, name: 't1' }, tools, work.signal);
  const iso = await readFile(path);
  expect(iso.toString('latin1', 32_808, 32_840).trim(), 'the label, ECMA-119 8.4.8').toBe('CIDATA');
  const arguments_ = ['-osirrox', 'on', '-indev', path, '-extract', '/', join(dir, 'out')];
  await runTool(tools, 'xorriso', arguments_, { signal: work.signal });
  const read = (file: string): Promise<string> => readFile(join(dir, 'out', file), 'utf8');
  expect(await read('user-data')).toBe(data.toString());
  expect(await read('config')).toBe(data.toString());
  expect(await read('meta-data')).toBe('instance-id: t1\nlocal-hostname: t1\n');
});

test('equal data gives equal bytes, whenever it is written', async () => {
  const [a, b] = [join(dir, 'a.iso'), join(dir, 'b.iso')];
  await writeDataVolume(a, { data, name: 't1' }, tools, work.signal);
  // Dates in ISO 9660 count in seconds.
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await writeDataVolume(b, { data, name: 't1' }, tools, work.signal);
  expect((await readFile(a)).equals(await readFile(b))).toBe(true);
});

test('a disk that is missing is made once, and only with a size', async () => {
  const placed = (text: string): PlacedDisk[] => placeDisks([parseDisk(text, dir)], dir);
  const [disk] = placed('new/d.qcow2,size=64M');
  if (!disk) throw new Error('there is no disk');
  await makeDisks([disk], tools, work.signal);
  const first = await readFile(disk.path);
  expect(first.toString('latin1', 0, 3), 'the magic of qcow2').toBe('QFI');
  await makeDisks([disk], tools, work.signal);
  expect((await readFile(disk.path)).equals(first)).toBe(true);
  await expect(makeDisks(placed('none.img'), tools, work.signal)).rejects.toMatchObject({
    message: `Cannot use disk "${join(dir, 'none.img')}": no such file`,
    hint: `--disk ${join(dir, 'none.img')},size=1G makes it`,
  });
});
