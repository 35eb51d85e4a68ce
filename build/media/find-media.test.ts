import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testWork } from '../testing.ts';
import type { BootMedia } from './boot-media.ts';
import { findInitrd } from './find-initrd.ts';
import { findMedia } from './find-media.ts';
import type { MediaChoice } from './found-image.ts';
import { bootSector, efiProgram } from './testing/boot.ts';
import { gptImage, isoImage, withText } from './testing/images.ts';

const work = testWork();
let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kit-find-'));
});
afterEach(() => rm(dir, { recursive: true }));

const kernel = withText(1024, [[0x202, 'HdrS']]);
const write = (files: Readonly<Record<string, string | Buffer>>): Promise<unknown> =>
  Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(dir, name), content)));

const noChoice: MediaChoice = { as: undefined, firmware: undefined, writable: false };
const find = async (name: string, choice: Partial<MediaChoice> = {}): Promise<BootMedia> =>
  (await findMedia(name, dir, { ...noChoice, ...choice }, work)).boot;

describe('images with a separate kernel', () => {
  const files = { 'web-kernel': kernel, 'web-cmdline': 'console=ttyS0\n' };
  const path = (ending: string): string => join(dir, `web${ending}`);
  const whole = { kind: 'kernel', initrd: null, cmdline: 'console=ttyS0', root: null };

  test('root file system in an initrd, found by any of the names', async () => {
    await write({ ...files, 'web-initrd.img': 'x' });
    const expected = { ...whole, kernel: path('-kernel'), initrd: path('-initrd.img') };
    for (const name of ['web', './web-kernel', 'web-initrd.img', path('-cmdline')])
      expect(await find(name)).toEqual(expected);
    const found = await findMedia('web', dir, noChoice, work);
    expect(found).toMatchObject({ arch: 'amd64', memoryMiB: 224 });
  });

  test.each([
    ['-squashfs.img', 'virtio', '/dev/vda'],
    ['-erofs.img', 'virtio', '/dev/vda'],
    ['.iso', 'cd', '/dev/sr0'],
  ] as const)('the root on %s', async (ending, bus, device) => {
    await write({ ...files, [`web${ending}`]: ending === '.iso' ? isoImage([]) : 'x' });
    const cmdline = `console=ttyS0 root=${device}`;
    const expected = { ...whole, kernel: path('-kernel'), cmdline, root: { path: path(ending), bus } };
    expect(await find('web')).toEqual(expected);
    expect(await find(`web${ending}`)).toEqual(expected);
    await write({ 'web-stage1.img': 'x' });
    expect(await find('web-stage1.img')).toEqual({ ...expected, initrd: path('-stage1.img') });
  });

  test('the root medium is attached where the command line looks for it', async () => {
    await write({ ...files, 'web-squashfs.img': 'x', 'web-cmdline': 'root=/dev/sda ro' });
    expect(await find('web')).toMatchObject({ cmdline: 'root=/dev/sda ro', root: { bus: 'sata' } });
    await write({ 'web-cmdline': 'root=LABEL=x' });
    expect(await find('web')).toMatchObject({ cmdline: 'root=LABEL=x', root: { bus: 'virtio' } });
  });

  test('of several root file systems, the requested one is used', async () => {
    await write({ ...files, 'web-initrd.img': 'x', 'web-squashfs.img': 'x', 'web.iso': isoImage([0]) });
    expect(await find('web')).toMatchObject({ root: { path: path('-squashfs.img') } });
    expect(await find('web', { as: 'kernel' })).toMatchObject({ initrd: path('-initrd.img'), root: null });
    expect(await find('web-initrd.img')).toMatchObject({ initrd: path('-initrd.img'), root: null });
    expect(await find('web', { as: 'iso' })).toMatchObject({ root: { path: path('.iso') } });
    // A bootable ISO is an image of its own.
    expect(await find('web.iso')).toMatchObject({ kind: 'iso', path: path('.iso') });
    await expect(find('web', { as: 'erofs' })).rejects.toThrow('there is no erofs file beside its kernel');
  });

  test('an initrd without a kernel does not boot', async () => {
    await write({ 'web-initrd.img': 'x', 'web-cmdline': 'console=ttyS0\n' });
    for (const name of ['web', 'web-initrd.img'])
      await expect(find(name)).rejects.toMatchObject({
        message: `Cannot boot "${name}": there is no kernel beside its initrd`,
        hint: `put yours at "${path('-kernel')}"; kit run container "${name}" needs none`,
      });
    await write({ 'web-bios.img': bootSector('x') });
    expect(await find('web')).toMatchObject({ kind: 'disk' });
  });

  test('findInitrd needs no kernel', async () => {
    await write({ 'web-initrd.img': 'x', 'web-cmdline': 'console=ttyS0\n' });
    const expected = { initrd: path('-initrd.img'), cmdline: 'console=ttyS0' };
    for (const name of ['web', 'web-initrd.img', path('-cmdline')])
      expect(await findInitrd(name, dir, work)).toEqual(expected);
    await write({ 'disk-bios.img': bootSector('x') });
    await expect(findInitrd('disk', dir, work)).rejects.toThrow('its layers are not in an initrd');
    await expect(findInitrd('gone', dir, work)).rejects.toThrow('Cannot find image "gone"');
  });

  test('a kernel without a root file system is refused', async () => {
    await write(files);
    await expect(find('web')).rejects.toThrow(`there is no "${path('-initrd.img')}" beside its kernel`);
  });
});

describe('single-file images', () => {
  test.each<[string, Buffer, object]>([
    ['web-bios.img', bootSector('x'), { kind: 'disk', format: 'raw', firmware: 'bios' }],
    ['web-efi.img', gptImage(withText(512, [[510, '\x55\xaa']])), { kind: 'disk', firmware: 'uefi' }],
    // Bootable by both firmwares, like Debian's cloud images.
    ['web.raw', gptImage(bootSector('x')), { kind: 'disk', firmware: 'bios' }],
    ['both-efi.img', gptImage(bootSector('x')), { kind: 'disk', firmware: 'uefi' }],
    ['web.iso', isoImage([0]), { kind: 'iso', firmware: 'bios' }],
    ['web-efi.iso', isoImage([0xef]), { kind: 'iso', firmware: 'uefi' }],
    ['both-efi-initrd.iso', isoImage([0, 0xef]), { kind: 'iso', firmware: 'uefi' }],
    ['web.efi', efiProgram('x'), { kind: 'efi' }],
    ['no-ending', bootSector('x'), { kind: 'disk', firmware: 'bios' }],
  ])('%s', async (name, bytes, expected) => {
    await write({ [name]: bytes });
    expect(await find(name)).toMatchObject({ ...expected, path: join(dir, name) });
  });

  test('the user may choose the firmware', async () => {
    await write({
      'web.raw': gptImage(bootSector('x')),
      'blank.raw': withText(512, [[510, '\x55\xaa\x00']]),
    });
    expect(await find('web.raw', { firmware: 'uefi', writable: true })).toMatchObject({
      ...{ firmware: 'uefi', writable: true },
    });
  });

  test('a prefix is enough if only one image has it', async () => {
    await write({ 'web-efi.iso': isoImage([0xef]) });
    expect(await find('web')).toMatchObject({ kind: 'iso', path: join(dir, 'web-efi.iso') });
    await write({ 'web-bios.img': bootSector('x') });
    await expect(find('web')).rejects.toMatchObject({
      message: 'Cannot choose an image for "web": there are "web-efi.iso", "web-bios.img"',
      hint: 'name one of them',
    });
  });
});

test.each<[string, Buffer, string]>([
  ['web.tar', withText(512, [[257, 'ustar']]), 'it is a tar'],
  ['web.docker', withText(512, [[0, '\x1f\x8b']]), 'it is a gzip file'],
  ['kernel', kernel, 'it is a kernel alone'],
  ['initrd', withText(512, [[0, '070701']]), 'it is an initrd alone'],
  ['x.img', withText(2048, [[0, 'hsqs']]), 'it is a squashfs file system alone'],
  ['notes', Buffer.from('notes'), 'it is not an image that kit knows'],
  ['dead.iso', isoImage([]), 'neither BIOS nor UEFI finds anything to start on it'],
])('%s is refused', async (name, bytes, why) => {
  await write({ [name]: bytes });
  await expect(find(name)).rejects.toThrow(`Cannot run "${name}": ${why}`);
});

test('missing images, folders and OCI layouts are refused', async () => {
  await expect(find('out/web')).rejects.toThrow(
    `Cannot find image "out/web": there is no "${join(dir, 'out/web')}-kernel"`,
  );
  await expect(find('.')).rejects.toMatchObject({
    message: 'Cannot run ".": it is a folder',
    hint: expect.stringContaining('give a manifest'),
  });
  await write({ 'index.json': '{}' });
  await expect(find('.')).rejects.toThrow('Cannot run ".": it is an OCI layout');
});
