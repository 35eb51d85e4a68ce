import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { BootImage } from '../../build/image/plan/boot-image.ts';
import { chooseFormats, formatNamed } from '../../build/outputs/choose-formats.ts';
import { tinyImage } from '../../build/outputs/disk/testing.ts';
import { writeFormat } from '../../build/outputs/write-format.ts';
import { readAll } from '../../build/pieces/read-pieces.ts';
import { testWork } from '../../build/testing.ts';
import { runTool } from '../../build/tools/command.ts';
import { bodyBytes, readTar, type TarEntry, tarEntry, textEntry } from '../../lib/archive/tar.ts';
import { diskTools } from '../support/tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-rpi3-'));
afterAll(() => rmSync(folder, { recursive: true }));
const work = testWork({ arch: 'arm64' });
const rpi3 = formatNamed('rpi3');

/** A kernel image with device trees. */
function image(cmdline?: string): BootImage {
  const from = (location: string, entry: TarEntry): TarEntry => {
    return { ...entry, pax: new Map([['LINUXKIT.location', Buffer.from(location)]]) };
  };
  const tree = async function* (): AsyncGenerator<TarEntry> {
    yield from('kernel', tarEntry({ path: 'boot', type: 'directory' }));
    yield from('kernel', textEntry('boot/dtb/broadcom/bcm2837-rpi-3-b.dtb', 'tree'));
    yield from('kernel', textEntry('boot/dtb/broadcom/bcm2711-rpi-4-b.dtb', 'of another board'));
    yield from('init[0]', textEntry('usr/share/bcm2837-rpi-3-b-plus.dtb', 'of an init image'));
  };
  return { ...tinyImage(folder, 'arm64', cmdline), tree };
}

test('writes the boot files of a Raspberry Pi 3, without its firmware', async () => {
  const [file] = await writeFormat(
    rpi3,
    image("console=ttyS1,115200 a='b c'".replaceAll("'", '"')),
    { dir: folder, name: 'pi' },
    work,
  );
  expect(file?.path).toBe(join(folder, 'pi.tar'));
  const files = new Map<string, Buffer>();
  for await (const entry of readTar([readFileSync(file?.path ?? '')], 'pi.tar'))
    files.set(entry.path, await bodyBytes(entry));
  expect([...files.keys()]).toEqual([
    ...[
      'config.txt',
      'u-boot.bin',
      'boot.scr',
      'kernel',
      'initrd.img',
      'broadcom',
      'broadcom/bcm2837-rpi-3-b.dtb',
    ],
  ]);
  expect(files.get('broadcom/bcm2837-rpi-3-b.dtb')?.toString()).toBe('tree');
  expect(files.get('config.txt')?.toString()).toContain('kernel=u-boot.bin');
  expect(files.get('initrd.img')?.equals(await readAll(await image().initrd()))).toBe(true);

  const [script, out] = [join(folder, 'boot.scr'), join(folder, 'boot.txt')];
  writeFileSync(script, files.get('boot.scr') ?? '');
  const tools = await diskTools();
  const { stdout } = await runTool(tools, 'mkimage', ['-l', script], work);
  expect(stdout).toMatch(/Image Type: *AArch64 Linux Script \(uncompressed\)/);
  await runTool(tools, 'dumpimage', ['-T', 'script', '-p', '0', '-o', out, script], work);
  expect(readFileSync(out, 'utf8')).toContain('setenv bootargs \'console=ttyS1,115200 a="b c"\'\n');
}, 300_000);

test('is refused for other architectures, names its shell cannot quote, and together with tar', async () => {
  const place = { dir: folder, name: 'pi' };
  await expect(writeFormat(rpi3, tinyImage(folder, 'amd64'), place, work)).rejects.toThrow(
    'for amd64: it is an arm64',
  );
  await expect(writeFormat(rpi3, image("a='b'"), place, work)).rejects.toThrow('no way to quote');
  expect(() => chooseFormats(['tar', 'rpi3'])).toThrow('both are the file NAME.tar');
});
