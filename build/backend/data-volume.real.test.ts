import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeTree } from '../../test/support/needs.ts';
import { testWork } from '../testing.ts';
import { runTool } from '../tools/command.ts';
import { type Tools, toolsTree } from '../tools/tree.ts';
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

test('a data volume has the files that cloud-init and LinuxKit read', async () => {
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

test('equal data gives equal bytes at any time', async () => {
  const [a, b] = [join(dir, 'a.iso'), join(dir, 'b.iso')];
  await writeDataVolume(a, { data, name: 't1' }, tools, work.signal);
  // ISO 9660 stores times in seconds.
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await writeDataVolume(b, { data, name: 't1' }, tools, work.signal);
  expect((await readFile(a)).equals(await readFile(b))).toBe(true);
});

test('user data and signatures that a machine would not read are refused', async () => {
  const path = join(dir, 'large.iso');
  const write = (data: Buffer, signature?: Buffer): Promise<void> =>
    writeDataVolume(path, { data, signature, name: 't1' }, tools, work.signal);
  await expect(write(Buffer.alloc((4 << 20) + 1))).rejects.toThrow(
    'Cannot use user data of 4194305 bytes: a machine reads at most 4194304',
  );
  await expect(write(data, Buffer.alloc(5000))).rejects.toThrow(
    'Cannot use a signature of 5000 bytes: a machine reads at most 4096',
  );
});
