import { KitError } from '../../../lib/errors/errors.ts';

const mebibyte = 1 << 20;
const units: Readonly<Record<string, number>> = { '': 0, k: 1 << 10, m: mebibyte, g: 1 << 30, t: 2 ** 40 };

/**
 * Bytes of `512M`, `1G`, `1.5GiB`; a number without a suffix is in `unit`. @param what for the error message
 */
export function parseSize(what: string, text: string, unit: 'm' | 'g'): number {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)\s*([kmgt]?)(?:i?b)?$/i.exec(text.trim());
  const [, number, suffix = ''] = match ?? [];
  const factor = units[suffix.toLowerCase() || unit];
  const bytes = Math.floor(Number(number) * (factor ?? 0));
  if (!match || bytes <= 0) {
    throw new KitError(`Cannot read ${what} "${text}": expected a number with M or G after it`, {
      exitCode: 2,
    });
  }
  return bytes;
}

/** MiB of `1024`, `512M`, `2G`. */
export function parseMemory(text: string): number {
  const memoryMiB = Math.floor(parseSize('memory', text, 'm') / mebibyte);
  if (memoryMiB >= 64) return memoryMiB;
  throw new KitError(`Cannot run a machine with "${text}" of memory: no kernel boots in less than 64 MiB`, {
    exitCode: 2,
  });
}

/** A whole number of virtual processors. */
export function parseCpus(text: string): number {
  const cpus = Number(text);
  if (Number.isInteger(cpus) && cpus >= 1 && cpus <= 64) return cpus;
  throw new KitError(`Cannot run a machine with "${text}" processors: expected a number from 1 to 64`, {
    exitCode: 2,
  });
}
