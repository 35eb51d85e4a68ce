import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type TarEntry, tarBytes, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { debianSource } from '../../debian/source.ts';
import { dataFile } from '../../host/paths.ts';
import type { BootImage } from '../../image/plan/boot-image.ts';
import { refuseLongCommandLine } from '../../image/plan/command-line.ts';
import { pieceEntry } from '../../pieces/piece-entry.ts';
import { debianTree } from '../../tools/tree.ts';
import type { Work } from '../../work.ts';
import type { OutputPlace } from '../output.ts';
import { uBootScript } from './u-boot-script.ts';

/**
 * The files of a Raspberry Pi 3's first, FAT, partition, as a tar: U-Boot, its script, kernel, initrd and the
 * device trees of the kernel image. The board's own firmware is not free software and not in Debian's main
 * component: the owner of the board adds it.
 */
export async function* rpi3(image: BootImage, _place: OutputPlace, work: Work): AsyncGenerator<Uint8Array> {
  if (image.arch !== 'arm64') {
    throw new KitError(`Cannot make a Raspberry Pi's files for ${image.arch}: it is an arm64 machine`, {
      hint: 'add --arch arm64',
    });
  }
  refuseLongCommandLine(image.cmdline);
  work.progress.line(
    'A Raspberry Pi 3 needs its firmware beside these files: bootcode.bin, start.elf and fixup.dat',
  );
  yield* tarBytes(entries(image, work));
}

async function* entries(image: BootImage, work: Work): AsyncGenerator<TarEntry> {
  const uBoot = await uBootFile(work);
  yield textEntry('config.txt', config);
  yield pieceEntry('u-boot.bin', [{ file: uBoot, bytes: (await stat(uBoot)).size }]);
  yield textEntry('boot.scr', uBootScript(script(image.cmdline), 'kit'));
  yield pieceEntry('kernel', [image.kernel]);
  yield pieceEntry('initrd.img', await image.initrd());
  yield* deviceTrees(image);
}

async function uBootFile(work: Work): Promise<string> {
  const source = debianSource({ packages: ['u-boot-rpi'], depends: false });
  const lock = dataFile('build/outputs/rpi3/u-boot.lock.json');
  const { dir } = await debianTree('U-Boot for Raspberry Pis', source, lock, work, 'arm64');
  return join(dir, 'usr/lib/u-boot/rpi_3/u-boot.bin');
}

/** For the board's firmware: a 64-bit kernel, and a serial port with a fixed clock. */
const config = `# Made by kit.
arm_64bit=1
kernel=u-boot.bin
enable_uart=1
`;

/** Load addresses in the gigabyte of a Pi 3, with room between them. */
const addresses = {
  kernel: '0x00200000',
  unpacked: '0x20000000',
  tree: '0x07000000',
  initrd: '0x08000000',
} as const;

/** The kernel's device trees of the boards that are called Raspberry Pi 3. */
const treeNames = /(?:^|\/)bcm2837-rpi-(?:3-[^/]*|cm3[^/]*)\.dtb$/;

/** For U-Boot's shell. Without a device tree from the kernel image, the kernel gets the firmware's. */
function script(cmdline: string): string {
  const load = `load \${devtype} \${devnum}:\${distro_bootpart}`;
  return `setenv bootargs '${quotable(cmdline)}'
setenv initrd_high 0xffffffffffffffff
setenv kernel_comp_addr_r ${addresses.unpacked}
setenv kernel_comp_size 0x04000000
setenv tree \${fdtcontroladdr}
if test -n "\${fdt_addr}"; then setenv tree \${fdt_addr}; fi
if ${load} ${addresses.tree} \${fdtfile}; then setenv tree ${addresses.tree}; fi
${load} ${addresses.kernel} kernel
${load} ${addresses.initrd} initrd.img
booti ${addresses.kernel} ${addresses.initrd}:\${filesize} \${tree}
echo Cannot start this image: U-Boot says why above
`;
}

function quotable(cmdline: string): string {
  if (!/['\\\n]/.test(cmdline)) return cmdline;
  throw new KitError(
    `Cannot start a kernel with "${cmdline}" from U-Boot: its shell has no way to quote that`,
  );
}

/** At the paths of U-Boot's ${fdtfile}. The kernel image comes first in the tree: no more is read. */
async function* deviceTrees(image: BootImage): AsyncGenerator<TarEntry> {
  const written = new Set<string>();
  for await (const entry of image.tree()) {
    const location = entry.pax.get('LINUXKIT.location') ?? [];
    if (Buffer.from(location).toString() !== 'kernel') return;
    const path = `broadcom/${basename(entry.path)}`;
    if (entry.type !== 'file' || !treeNames.test(entry.path) || written.has(path)) continue;
    if (written.size === 0) yield tarEntry({ path: 'broadcom', type: 'directory' });
    written.add(path);
    yield tarEntry({ path, size: entry.size, body: entry.body });
  }
}
