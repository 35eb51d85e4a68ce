import { KitError } from '../../lib/errors/errors.ts';

/** LinuxKit's default. */
const defaultMiB = 1024;

/**
 * A machine's memory in MiB: the requested amount, if the image boots in it; otherwise the default, or 1.5
 * times what the image needs. @param leastMiB what the image needs; undefined if unknown
 */
export function chooseMemory(asked: number | undefined, image: string, leastMiB = 0): number {
  if (asked === undefined) return Math.max(defaultMiB, Math.ceil((leastMiB * 1.5) / 64) * 64);
  if (asked >= leastMiB) return asked;
  throw new KitError(`Cannot run "${image}" with ${asked} MiB of memory: it needs at least ${leastMiB} MiB`, {
    hint: `--mem ${leastMiB}`,
  });
}
