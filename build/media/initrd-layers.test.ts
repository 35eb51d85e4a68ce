import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CpioEntry, cpioPieces } from '../binary/cpio/cpio-pieces.ts';
import { testWork } from '../testing.ts';
import { initrdLayers } from './initrd-layers.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kit-container-'));
});
afterEach(() => rm(dir, { recursive: true }));

const id = '0123456789abcdef';
const body = (text: string): Pick<CpioEntry, 'type' | 'mode' | 'body'> => ({
  ...{ type: 'file', mode: 0o644, body: Buffer.from(text) },
});
const writeInitrd = async (entries: readonly CpioEntry[]): Promise<string> => {
  const path = join(dir, 'x-initrd.img');
  await writeFile(path, Buffer.concat(cpioPieces(entries).map((piece) => piece as Uint8Array)));
  return path;
};

test('layers are copied out of an initrd once', async () => {
  const work = testWork({ cacheDir: join(dir, 'cache') });
  const entries: CpioEntry[] = [
    { path: 'bin/busybox', ...body('BUSYBOX') },
    { path: 'layers/index', ...body(`${id} 5 root\n`) },
    { path: `layers/${id}.erofs`, ...body('LAYER') },
  ];
  const initrd = await writeInitrd(entries);
  const { index, layers, busybox } = await initrdLayers(initrd, work);
  expect(index).toBe(`${id} 5 root\n`);
  const [layer] = layers;
  expect(layer).toMatchObject({ id, use: 'root' });
  expect(await readFile(layer?.file ?? '', 'utf8')).toBe('LAYER');
  expect(await readFile(busybox, 'utf8')).toBe('BUSYBOX');
  expect(await initrdLayers(initrd, work)).toEqual({ index, layers, busybox });
  await writeInitrd([...entries.slice(0, 2), { path: `layers/${id}.erofs`, ...body('OTHER') }]);
  const other = await initrdLayers(initrd, work);
  expect(other.busybox).toBe(busybox);
  expect(other.layers[0]?.file).not.toBe(layer?.file);
  await writeInitrd(entries.slice(0, 2));
  await expect(initrdLayers(initrd, work)).rejects.toThrow(`"layers/${id}.erofs" is not in its initrd`);
});

test("an initrd without kit's init is refused", async () => {
  const work = testWork({ cacheDir: join(dir, 'cache') });
  const initrd = await writeInitrd([{ path: 'init', ...body('#!/bin/sh\n') }]);
  const expected = { message: `Cannot run "${initrd}" as a container: its init is not kit's own` };
  await expect(initrdLayers(initrd, work)).rejects.toMatchObject(expected);
  await writeFile(initrd, Buffer.from('1f8b0800', 'hex'));
  await expect(initrdLayers(initrd, work)).rejects.toMatchObject(expected);
});
