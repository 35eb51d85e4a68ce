import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { testWork } from '../testing.ts';
import { chooseFormats, formatNamed, streamOf } from './choose-formats.ts';
import { tinyImage } from './disk/testing.ts';
import { writeFormat } from './write-format.ts';

const dir = mkdtempSync(join(tmpdir(), 'kit-formats-'));
afterAll(() => rmSync(dir, { recursive: true }));
const work = testWork();

const write = async (format: string, cmdline?: string): Promise<string[]> => {
  const image = tinyImage(dir, 'amd64', cmdline);
  const files = await writeFormat(formatNamed(format), image, { dir, name: 'web' }, work);
  return files.map(({ path }) => basename(path));
};

test('the files have the suffixes of the row', async () => {
  expect(await write('kernel+initrd')).toEqual(['web-kernel', 'web-initrd.img', 'web-cmdline']);
  expect(await write('tar-kernel-initrd')).toEqual(['web-initrd.tar']);
  expect(await write('gcp')).toEqual(['web.img.tar.gz']);
  expect(await write('oci')).toEqual(['web.oci.tar']);
});

test('an empty command line has no file, and that of an earlier build is removed', async () => {
  writeFileSync(join(dir, 'web-cmdline'), 'of an earlier build');
  expect(await write('kernel+initrd', '')).toEqual(['web-kernel', 'web-initrd.img']);
  expect(existsSync(join(dir, 'web-cmdline'))).toBe(false);
  await write('kernel+initrd', 'quiet');
  expect(readFileSync(join(dir, 'web-cmdline'), 'utf8')).toBe('quiet');
});

test('without a kernel in the manifest there is the initrd, and a kernel of the user stays', async () => {
  writeFileSync(join(dir, 'web-kernel'), 'my own');
  const image = { ...tinyImage(dir, 'amd64'), hasKernel: false };
  const files = await writeFormat(formatNamed('kernel+initrd'), image, { dir, name: 'web' }, work);
  expect(files.map(({ path }) => basename(path))).toEqual(['web-initrd.img', 'web-cmdline']);
  expect(readFileSync(join(dir, 'web-kernel'), 'utf8')).toBe('my own');
});

test('each format is chosen once', () => {
  expect(chooseFormats(['gcp', 'tar', 'gcp']).map(({ name }) => name)).toEqual(['gcp', 'tar']);
  expect(() => chooseFormats(['tarr'])).toThrow('Unknown format "tarr"');
});

test.each([[['kernel+initrd']], [['gcp']], [['tar', 'oci']]])('%j cannot be streamed', (names) => {
  expect(() => streamOf(chooseFormats(names))).toThrow('Cannot write the image to one place');
});

test('a tar can be streamed', () => {
  expect(streamOf(chooseFormats(['tar']))).toBe(formatNamed('tar').stream);
});
