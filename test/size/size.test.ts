import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildImage } from '../../build/build.ts';
import { kitRoot } from '../../build/host/paths.ts';
import { sizeOf } from '../../build/size/size-of.ts';
import { testWork } from '../../build/testing.ts';
import { kit } from '../support/run-kit.ts';

/** `kit size` of what `kit build` writes, format by format. */
const dir = mkdtempSync(join(tmpdir(), 'kit-size-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const manifest = join(kitRoot, 'examples/minimal.yml');
const work = testWork();

/** Formats that go together in one run. */
const runs = [
  ['kernel+initrd', 'oci', 'iso-bios', 'raw-bios', 'qcow2-bios', 'uki'],
  ['iso-efi', 'kernel+squashfs'],
];

beforeAll(async () => {
  for (const [at, formats] of runs.entries())
    await buildImage([manifest], { cwd: dir, dir, name: `image${at}`, formats }, work);
}, 900_000);

const options = { cwd: dir, stdin: process.stdin };

test('a manifest and what it was built into have the same parts', async () => {
  const [planned, built] = [await sizeOf([manifest], options, work), await sizeOf(['image0'], options, work)];
  const sizes = ({ parts }: typeof planned) => parts.map(({ title, bytes }) => [title, bytes]);
  expect(sizes(built)).toEqual(sizes(planned));
  expect(built.parts.map(({ title }) => title)).toContain('Node runtime');
  const node = built.parts.flatMap(({ files }) => files).find(({ path }) => path === 'usr/bin/node');
  expect(node?.unpackedBytes).toBeGreaterThan(100_000_000);
  expect(node?.bytes).toBeLessThan(40_000_000);
});

test.each([
  ...['image0.iso', 'image0-bios.img', 'image0.qcow2', 'image0.efi', 'image0.oci.tar'],
  'image1-efi.iso',
])('%s: kernel, layers and their files', async (name) => {
  const whole = await sizeOf(['image0'], options, work);
  const { parts } = await sizeOf([name], options, work);
  // An EFI program has it in whole units of its alignment.
  const kernel = parts.find(({ title }) => title === 'kernel')?.bytes ?? 0;
  const plain = whole.parts.find(({ title }) => title === 'kernel')?.bytes ?? 0;
  expect(kernel - plain).toBeGreaterThanOrEqual(0);
  expect(kernel - plain).toBeLessThan(4096);
  for (const title of ['Node runtime', 'kernel modules']) {
    const [found, wanted] = [parts, whole.parts].map((list) => list.find((part) => part.title === title));
    expect([found?.bytes, found?.files]).toEqual([wanted?.bytes, wanted?.files]);
  }
});

test('what kit does not look into is named, with a way out', async () => {
  const { status, stderr } = await kit('size', join(dir, 'image1-squashfs.img'));
  expect(stderr).toContain('kit does not look into a squashfs file system');
  expect(stderr).toContain('kit size FILE.yml');
  expect(status).toBe(1);
});

test('a package: its layers as an image stores them', async () => {
  const { parts } = await sizeOf(['pkg/busybox'], { ...options, cwd: kitRoot }, work);
  expect(parts.flatMap(({ files }) => files.map(({ path }) => path))).toContain('usr/bin/busybox');
});

test('a damaged initrd is refused', async () => {
  const { status, stderr } = await kit('size', join(kitRoot, 'README.md'));
  expect(stderr).toContain('it is not an image that kit knows');
  expect(status).toBe(1);
});
