import { KitError } from '../../lib/errors/errors.ts';
import { didYouMean } from '../manifest/nearest.ts';
import { writeErofs } from './erofs.ts';
import { kernelInitrd } from './kernel-initrd.ts';
import { kernelMedium } from './kernel-medium.ts';
import type { Output } from './output.ts';
import { writeSquashfs } from './squashfs.ts';
import { tar } from './tar.ts';

/** Every format there is, by LinuxKit's name for it. */
const formats: Readonly<Record<string, Output>> = {
  'kernel+initrd': kernelInitrd,
  tar,
  'kernel+squashfs': kernelMedium('-squashfs.img', writeSquashfs),
  'kernel+erofs': kernelMedium('-erofs.img', writeErofs),
};

export const defaultFormat = 'kernel+initrd';

/** The outputs of these names, each once. @throws KitError for a name that is not there */
export function outputsOf(names: readonly string[]): Output[] {
  return [...new Set(names)].map((name) => {
    const output = Object.hasOwn(formats, name) ? formats[name] : undefined;
    if (output) return output;
    const known = Object.keys(formats);
    throw new KitError(`Unknown format "${name}"${didYouMean(name, known)}`, {
      hint: `there is ${known.map((one) => `"${one}"`).join(', ')}`,
      exitCode: 2,
    });
  });
}
