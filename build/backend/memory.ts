import { KitError } from '../../lib/errors/errors.ts';
import { usualMemory } from '../image/plan/memory.ts';

/**
 * A machine's memory in MiB: the requested amount, if the image boots in it; otherwise the default, or 1.5
 * times what the image needs. @param leastMiB what the image needs; undefined if unknown
 */
export function chooseMemory(asked: number | undefined, image: string, leastMiB = 0): number {
  if (asked === undefined) return usualMemory(leastMiB);
  if (asked >= leastMiB) return asked;
  throw new KitError(`Cannot run "${image}" with ${asked} MiB of memory: it needs at least ${leastMiB} MiB`, {
    hint: `--mem ${leastMiB}`,
  });
}
