import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { derivedFolder } from '../../cache/derived.ts';
import { debianSource } from '../../debian/source.ts';
import { dataFile } from '../../host/paths.ts';
import type { FilePiece } from '../../pieces/piece.ts';
import { runTool } from '../../tools/command.ts';
import { debianTree, type Tools } from '../../tools/tree.ts';
import type { Work } from '../../work.ts';

/** GRUB for one kind of medium that boots by BIOS. It runs `grub.cfg` of the medium's folder in `kinds`. */
export interface GrubBios {
  /** The boot code of the first sector, 440 bytes; on a CD, for one that is written to a USB stick. */
  readonly boot: Buffer;
  /** On a disk, from sector 1 to the first partition at most; on a CD, the El Torito boot image. */
  readonly core: FilePiece;
}

export type GrubMedium = keyof typeof kinds;

/** Arguments of grub-mkimage for each; `prefix` is the folder of grub.cfg. */
const kinds = {
  disk: { format: 'i386-pc', boot: 'boot.img', prefix: '(,msdos1)/grub', needs: ['part_msdos', 'fat'] },
  // The device is (cd), or (hd0) on a USB stick: without one, GRUB uses the device that it was loaded from.
  cd: {
    ...{ format: 'i386-pc-eltorito', boot: 'boot_hybrid.img', prefix: '/boot/grub' },
    needs: ['part_msdos', 'part_gpt', 'iso9660'],
  },
} as const;

/** Modules of every core: only grub.cfg, kernel and initrd are loaded from the medium. */
const modules = ['biosdisk', 'normal', 'linux', 'serial', 'echo', 'sleep', 'reboot', 'test'];

/** Runs before grub.cfg is read, so that errors appear on the serial line too. */
const early = `serial --unit=0 --speed=115200
terminal_input console serial
terminal_output console serial
`;

/** Part of the cache's key: raised when the core changes for another reason than the lists above. */
const version = 1;

/** Made by Debian's grub-mkimage, once for each version of GRUB. The same packages give the same bytes. */
export async function grubBios(medium: GrubMedium, work: Work): Promise<GrubBios> {
  const { format, boot, prefix, needs } = kinds[medium];
  const [tools, data] = await Promise.all([grubTools(work), grubData(work)]);
  const images = join(data.dir, 'usr/lib/grub/i386-pc');
  const wanted = [...modules, ...needs];
  const key = ['grub', version, tools.hash, data.hash, medium, prefix, early, ...wanted].join(' ');
  const folder = await derivedFolder(work, key, async (made) => {
    const config = join(made, 'early.cfg');
    await writeFile(config, early);
    const args = ['-O', format, '-d', images, '-p', prefix, '-c', config, '-o', join(made, 'core.img')];
    await runTool(tools, 'grub-mkimage', [...args, ...wanted], { signal: work.signal });
  });
  const core = join(folder, 'core.img');
  return {
    boot: bootCode(await readFile(join(images, boot)), medium),
    core: { file: core, bytes: (await stat(core)).size },
  };
}

/**
 * boot.S of GRUB loads the core from sector 1 without changes. At 0x66 a jump skips the check of the boot
 * drive's number; like grub-bios-setup, this enables the check for hard disks, since some BIOSes pass a wrong
 * number.
 */
function bootCode(sector: Buffer, medium: GrubMedium): Buffer {
  const code = Buffer.from(sector.subarray(0, 440));
  if (medium === 'disk') code.fill(0x90, 0x66, 0x68);
  return code;
}

/** For this host. grub-mkimage needs few of the libraries that its package depends on. */
function grubTools(work: Work): Promise<Tools> {
  const libraries = [
    'libc6',
    'liblzma5',
    'libdevmapper1.02.1',
    'libudev1',
    'libselinux1',
    'libpcre2-8-0',
    'libcap2',
  ];
  const source = debianSource({ packages: ['grub-common'], keep: ['grub-common', ...libraries] });
  return debianTree('GRUB tools', source, dataFile('build/outputs/grub/tools.lock.json'), work);
}

/** GRUB's images are for PCs, whatever the host is. */
function grubData(work: Work): Promise<Tools> {
  const source = debianSource({ packages: ['grub-pc-bin'], depends: false });
  return debianTree('GRUB images', source, dataFile('build/outputs/grub/images.lock.json'), work, 'amd64');
}
