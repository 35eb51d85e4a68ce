import { createHash } from 'node:crypto';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Arch } from '../../build/host/arch.ts';
import { chooseFormats, formatNamed } from '../../build/outputs/choose-formats.ts';
import { gcp } from '../../build/outputs/disk/gcp.ts';
import { tinyImage } from '../../build/outputs/disk/testing.ts';
import { writeFormat } from '../../build/outputs/write-format.ts';
import { readAll } from '../../build/pieces/read-pieces.ts';
import { testWork } from '../../build/testing.ts';
import { runTool } from '../../build/tools/command.ts';
import { type Tools, toolsTree } from '../../build/tools/tree.ts';
import { bodyBytes, readTar } from '../../lib/archive/tar.ts';
import { diskTools } from '../support/tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-disk-'));
afterAll(() => rmSync(folder, { recursive: true }));

const work = testWork();
const { signal } = work;
let disks: Tools;
let tools: Tools;
beforeAll(async () => {
  [disks, tools] = await Promise.all([diskTools(), toolsTree(work)]);
}, 300_000);

/** Builds one format of the tiny image; resolves to the path of its file. */
async function made(
  format: string,
  { arch = 'amd64' as Arch, dir = folder, size = undefined as number | undefined } = {},
) {
  const place = { dir, name: 'tiny', size };
  const image = tinyImage(folder, arch);
  const [file] = await writeFormat(formatNamed(format), image, place, { ...work, arch });
  return file?.path ?? '';
}

/** Copies a file from an offset on, for mtools and fsck. */
function part(image: string, offset: number, bytes: number): string {
  const out = join(folder, 'part.img');
  const file = openSync(image, 'r');
  const content = Buffer.alloc(bytes);
  readSync(file, content, 0, bytes, offset);
  closeSync(file);
  writeFileSync(out, content);
  return out;
}

async function fatFile(image: string, path: string): Promise<Buffer> {
  const out = join(folder, 'out');
  await runTool(disks, 'mcopy', ['-n', '-o', '-i', `${image}@@1M`, `::${path}`, out], { signal });
  return readFileSync(out);
}

const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

describe('raw-bios', () => {
  test('has one active partition with kernel, initrd and the configuration of GRUB', async () => {
    const image = await made('raw-bios');
    const { stdout } = await runTool(disks, 'sfdisk', ['--json', image], { signal });
    const { partitiontable } = JSON.parse(stdout);
    expect(partitiontable.partitions).toMatchObject([{ start: 2048, type: 'c', bootable: true }]);
    const partition = partitiontable.partitions[0];
    expect(512 * (partition.start + partition.size)).toBe(statSync(image).size);
    await runTool(disks, 'sfdisk', ['--verify', image], { signal });
    await runTool(disks, 'fsck.fat', ['-n', part(image, 1 << 20, 512 * partition.size)], { signal });
    const { kernel, initrd } = tinyImage(folder, 'amd64');
    expect(await fatFile(image, 'kernel')).toEqual(await readAll([kernel]));
    expect((await fatFile(image, 'initrd.img')).equals(await readAll(await initrd()))).toBe(true);
    expect((await fatFile(image, 'grub/grub.cfg')).toString()).toContain('linux /kernel console=ttyS0');
  });

  test('refuses a command line that the kernel would cut', async () => {
    const image = tinyImage(folder, 'amd64', `console=ttyS0 ${'x'.repeat(2047)}`);
    for (const format of ['raw-bios', 'raw-efi', 'kernel+initrd']) {
      const place = { dir: folder, name: 'long' };
      const writing = writeFormat(formatNamed(format), image, place, work);
      await expect(writing).rejects.toThrow('of 2061 bytes: it reads 2047');
    }
  });

  test('is refused for an architecture without BIOS', async () => {
    await expect(made('raw-bios', { arch: 'arm64' })).rejects.toThrow('starts by BIOS for arm64');
  });
});

describe.each(['amd64', 'arm64'] as const)('raw-efi for %s', (arch) => {
  test('has an EFI system partition with one program', async () => {
    const image = await made('raw-efi', { arch });
    const { stdout } = await runTool(disks, 'sgdisk', ['-v', image], { signal });
    expect(stdout).toContain('No problems found');
    const table = JSON.parse(
      (await runTool(disks, 'sfdisk', ['--json', image], { signal })).stdout,
    ).partitiontable;
    expect(table.partitions).toMatchObject([
      { start: 2048, type: 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B', name: 'kit' },
    ]);
    await runTool(disks, 'fsck.fat', ['-n', part(image, 1 << 20, 512 * table.partitions[0].size)], {
      signal,
    });
    const program = await fatFile(image, `EFI/BOOT/${arch === 'amd64' ? 'BOOTX64' : 'BOOTAA64'}.EFI`);
    expect(program.equals(readFileSync(await made('uki', { arch })))).toBe(true);
  });
});

test.each([
  ['qcow2-bios', 'raw-bios', 'qcow2', 2 ** 30],
  ['qcow2-efi', 'raw-efi', 'qcow2', undefined],
  ['vhd', 'raw-bios', 'vpc', 64 << 20],
  ['dynamic-vhd', 'raw-bios', 'vpc', 25 * 2 ** 30],
  ['vmdk', 'raw-bios', 'vmdk', 2 ** 30],
])('%s has the content of %s', async (format, rawFormat, type, size) => {
  const image = await made(format, { size });
  const raw = await made(rawFormat, { size });
  const compare = ['compare', '-f', type, '-F', 'raw', image, raw];
  // qemu-img cannot check a VHD, only open it.
  if (type !== 'vpc') {
    const { stdout } = await runTool(tools, 'qemu-img', ['check', '-f', type, image], { signal });
    expect(stdout).toContain('No errors were found');
  }
  expect((await runTool(tools, 'qemu-img', compare, { signal })).stdout).toContain('identical');
});

test.each([
  ['raw-bios', 300 << 20, 300 << 20],
  ['raw-efi', 300 << 20, 300 << 20],
  ['qcow2-bios', 10 * 2 ** 30, 10 * 2 ** 30],
  ['qcow2-bios', undefined, 2 ** 30],
  ['aws', undefined, 2 ** 30],
  ['vhd', undefined, 2 ** 30],
  ['dynamic-vhd', undefined, 25 * 2 ** 30],
  ['vmdk', undefined, 2 ** 30],
])('%s with a size of %s bytes is a sparse disk of %d', async (format, size, expected) => {
  const image = await made(format, { size });
  const { stdout } = await runTool(tools, 'qemu-img', ['info', '--output=json', image], { signal });
  // qemu-img recognises a fixed VHD as a raw disk, since it starts like one.
  const footer = format === 'vhd' ? 512 : 0;
  expect(JSON.parse(stdout)['virtual-size'] - footer).toBe(expected);
  expect(statSync(image).blocks * 512).toBeLessThan(30 << 20);
});

test('refuses a size that is too small and states the minimum', async () => {
  const thrown = await made('raw-efi', { size: 16 << 20 }).catch((error: unknown) => error);
  expect(thrown).toMatchObject({
    message: 'Cannot make a disk of 16 MiB: the image needs 35 MiB',
    hint: '--size 35M is enough',
  });
});

test('gcp is a tar with the disk as its only file', async () => {
  const disk = [Buffer.from('start'), { hole: 5 << 20 }, Buffer.alloc(300_000, 'data')];
  const archive = gunzipSync(await readAll(gcp(disk)()));
  const found: unknown[] = [];
  for await (const entry of readTar([archive], 'gcp')) {
    found.push([entry.path, entry.type, (await bodyBytes(entry)).equals(await readAll(disk))]);
  }
  expect(found).toEqual([['disk.raw', 'file', true]]);
});

test('gcp rounds the disk up to whole GiB', async () => {
  for (const [size, gibibytes] of [
    [undefined, 1],
    [2 ** 30 + 1, 2],
  ]) {
    // The length in gzip's trailer includes the tar's header and its two end blocks.
    const file = readFileSync(await made('gcp', { size }));
    expect(file.readUInt32LE(file.length - 4)).toBe(2 ** 30 * (gibibytes ?? 0) + 1536);
  }
});

test("gcp's header is in GNU's form, with sizes from 8 GiB on in base 256", async () => {
  const header = async (size: number): Promise<Buffer> => {
    const pieces: Uint8Array[] = [];
    for await (const piece of gcp([{ hole: size }])()) {
      pieces.push(piece);
      if (pieces.length > 3) break;
    }
    return gunzipSync(Buffer.concat(pieces), { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, 512);
  };
  const small = await header(2 ** 30);
  expect(small.toString('latin1', 257, 265)).toBe('ustar  \0');
  expect(small.toString('latin1', 124, 136)).toBe('10000000000\0');
  const large = await header(10 * 2 ** 30);
  expect(large.toString('latin1', 257, 265)).toBe('ustar  \0');
  expect(large.toString('hex', 124, 136)).toBe('800000000000000280000000');
});

const every = [
  'raw-bios',
  'raw-efi',
  'qcow2-bios',
  'qcow2-efi',
  'uki',
  'aws',
  'gcp',
  'vhd',
  'dynamic-vhd',
  'vmdk',
  'oci',
];

test.each(every)('%s is identical when built in another folder', async (format) => {
  const dir = mkdtempSync(join(folder, 'again-'));
  const size = format === 'gcp' ? undefined : 64 << 20;
  expect(sha256(await made(format, { dir, size }))).toBe(sha256(await made(format, { size })));
});

test('refuses formats that would write the same file', () => {
  expect(() => chooseFormats(['uki', 'vhd', 'dynamic-vhd'])).toThrow('both are the file NAME.vhd');
});
