import { basename } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { formats } from '../outputs/formats.ts';
import { suffixesOf } from '../outputs/kernel-files.ts';

export const isManifest = (name: string): boolean => /\.ya?ml$/i.test(name);

/** Suffixes of manifests, and of the files of formats that `kit run` boots; the longest first. */
const suffixes = [
  ...['.yml', '.yaml'],
  ...formats.flatMap((format) => (format.run === undefined ? [] : suffixesOf(format))),
].sort((a, b) => b.length - a.length);

/** `web` for `out/web`, `out/web-kernel`, `out/web-efi.iso` and `examples/web.yml`. */
export function imageName(image: string): string {
  const name = basename(image);
  const suffix = suffixes.find((one) => name.toLowerCase().endsWith(one));
  return suffix === undefined ? name : name.slice(0, -suffix.length);
}

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
