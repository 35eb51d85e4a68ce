import { open } from 'node:fs/promises';
import { KitError } from '../../../lib/errors/errors.ts';
import { symbolRange } from '../../binary/elf/symbol-range.ts';
import { readIcuPackage, writeIcuPackage } from '../../binary/icu/icu-package.ts';
import { isEnglishData } from './english-data.ts';

/** The symbol of ICU's data: `icudt78_dat`. */
const symbol = /^icudt\d+_dat$/;

/**
 * Cuts the ICU data in a program of Node to what `isEnglishData` names. The file keeps its length and
 * its layout: what is left moves to the front of the data, and zeros follow it.
 */
export async function trimIcu(file: string): Promise<void> {
  await using handle = await open(file, 'r+');
  const program = await handle.readFile();
  const range = symbolRange(program, symbol);
  if (!range) throw cannotTrim('it names no "icudt…_dat"');
  const { at, size } = range;
  const trimmed = englishPackage(program.subarray(at, at + size));
  if (!trimmed) throw cannotTrim(`what "icudt…_dat" names is no data of ICU, at byte ${at} of the program`);
  if (trimmed.length > size) throw cannotTrim(`English alone needs ${trimmed.length} of ${size} bytes`);
  const data = Buffer.alloc(size);
  trimmed.copy(data);
  await handle.write(data, 0, size, at);
}

/** Undefined if the bytes are no package of ICU's. */
export function englishPackage(bytes: Buffer): Buffer | undefined {
  const whole = readIcuPackage(bytes);
  return whole && writeIcuPackage({ ...whole, items: whole.items.filter(({ name }) => isEnglishData(name)) });
}

const cannotTrim = (why: string): KitError =>
  new KitError(`Cannot cut the language data of Node to English: ${why}`, {
    hint: 'another version of Node may have it elsewhere; "icu: full" in build.yml takes all of it as it is',
  });
