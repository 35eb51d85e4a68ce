import { KitError } from '../../lib/errors/errors.ts';
import { qcow2 } from '../binary/disks/qcow2.ts';
import { dynamicVhd, fixedVhd } from '../binary/disks/vhd.ts';
import { streamVmdk } from '../binary/disks/vmdk.ts';
import { didYouMean } from '../manifest/nearest.ts';
import { diskImage } from './disk/disk-image.ts';
import { gcp } from './disk/gcp.ts';
import { dockerArchive } from './docker/archive.ts';
import { docker } from './docker/context.ts';
import { writeErofs } from './erofs.ts';
import { isoBios, isoEfi, isoEfiInitrd, kernelIso } from './iso.ts';
import { kernelInitrd } from './kernel-initrd.ts';
import { kernelMedium } from './kernel-medium.ts';
import { oci } from './oci.ts';
import type { Output } from './output.ts';
import { rpi3 } from './rpi3/rpi3.ts';
import { writeSquashfs } from './squashfs.ts';
import { tar } from './tar.ts';
import { tarKernelInitrd } from './tar-kernel-initrd.ts';
import { uki } from './uki.ts';

/** What LinuxKit's disks have when nobody says another size. */
const gibibyte = 2 ** 30;

/** Every format there is, by LinuxKit's name for it. */
const formats: Readonly<Record<string, Output>> = {
  'kernel+initrd': kernelInitrd,
  tar,
  docker,
  'docker-archive': dockerArchive,
  'tar-kernel-initrd': tarKernelInitrd,
  'kernel+squashfs': kernelMedium('-squashfs.img', writeSquashfs),
  'kernel+erofs': kernelMedium('-erofs.img', writeErofs),
  'kernel+iso': kernelIso,
  'iso-bios': isoBios,
  'iso-efi': isoEfi,
  'iso-efi-initrd': isoEfiInitrd,
  'raw-bios': diskImage({ own: '-bios.img', firmware: 'bios' }),
  'raw-efi': diskImage({ own: '-efi.img', firmware: 'efi' }),
  'qcow2-bios': diskImage({ own: '.qcow2', firmware: 'bios', form: qcow2, size: gibibyte }),
  'qcow2-efi': diskImage({ own: '-efi.qcow2', firmware: 'efi', form: qcow2 }),
  aws: diskImage({ own: '.raw', firmware: 'any', size: gibibyte }),
  gcp: diskImage({ own: '.img.tar.gz', firmware: 'any', form: gcp, size: gibibyte, unit: gibibyte }),
  vhd: diskImage({ own: '.vhd', firmware: 'any', form: fixedVhd, size: gibibyte }),
  'dynamic-vhd': diskImage({ own: '.vhd', firmware: 'any', form: dynamicVhd, size: 25 * gibibyte }),
  vmdk: diskImage({ own: '.vmdk', firmware: 'any', form: streamVmdk, size: gibibyte }),
  uki,
  oci,
  rpi3,
};

/** Their names, in the order of the documentation. */
export const formatNames: readonly string[] = Object.keys(formats);

export const defaultFormat = 'kernel+initrd';

/** The outputs of these names, each once. @throws KitError for a name that is not there, and for two of the same file */
export function outputsOf(names: readonly string[]): Output[] {
  const byFile = new Map<string, string>();
  return [...new Set(names)].map((name) => {
    const output = Object.hasOwn(formats, name) ? formats[name] : undefined;
    if (output) {
      refuseSameFile(name, output, byFile);
      return output;
    }
    throw new KitError(`Unknown format "${name}"${didYouMean(name, formatNames)}`, {
      hint: `there is ${formatNames.map((one) => `"${one}"`).join(', ')}`,
      exitCode: 2,
    });
  });
}

function refuseSameFile(name: string, { own }: Output, byFile: Map<string, string>): void {
  const other = own === undefined ? undefined : byFile.get(own);
  if (other !== undefined) {
    throw new KitError(`Cannot build "${other}" and "${name}" at once: both are the file NAME${own}`, {
      hint: 'build one after the other, with another --name or --dir',
      exitCode: 2,
    });
  }
  if (own !== undefined) byFile.set(own, name);
}
