import { basename } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';

export const isManifest = (name: string): boolean => /\.ya?ml$/i.test(name);

/** What people see of an image's files behind its name. */
const endings =
  /\.ya?ml$|-(?:kernel|cmdline|(?:initrd|stage1|squashfs|erofs)\.img)$|(?:-efi-initrd|-efi)?\.iso$|-(?:bios|efi)\.img$|(?:-efi)?\.qcow2$|\.(?:raw|vhd|vmdk|efi)$|\.img\.tar\.gz$/i;

/** `web` for `out/web`, `out/web-kernel`, `out/web-efi.iso` and `examples/web.yml`. */
export const imageName = (image: string): string => basename(image).replace(endings, '');

/**
 * Memory in MiB: what was asked for, if the image boots in it; else enough to be comfortable.
 * @param leastMiB undefined when nobody knows: then whatever is asked for will do
 */
export function chooseMemory(asked: number | undefined, image: string, leastMiB = 0): number {
  if (asked === undefined) return Math.max(usualMiB, Math.ceil((leastMiB * 1.5) / 64) * 64);
  if (asked >= leastMiB) return asked;
  throw new KitError(`Cannot run "${image}" with ${asked} MiB of memory: it needs at least ${leastMiB} MiB`, {
    hint: `--mem ${leastMiB}`,
  });
}

/** LinuxKit's default. */
const usualMiB = 1024;
