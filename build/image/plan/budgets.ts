import { KitError, KitErrors } from '../../../lib/errors/errors.ts';
import type { Budgets, Located, Manifest } from '../../manifest/types.ts';
import type { BootImage } from './boot-image.ts';
import type { ImagePart } from './image-part.ts';

/** @throws KitErrors when the image exceeds a budget of the manifest; the hint lists its largest parts */
export async function checkBudgets(
  { budgets }: Pick<Manifest, 'budgets'>,
  image: Pick<BootImage, 'parts' | 'memoryMiB'>,
): Promise<void> {
  const errors: KitError[] = [];
  const [size, memory] = [budgetOf(budgets, 'image'), budgetOf(budgets, 'memory')];
  if (!size && !memory) return;
  const parts = await image.parts();
  const bytes = totalBytes(parts);
  if (size && bytes > size.bytes) {
    errors.push(
      tooMuch(`the image has ${mebibytes(bytes)}, more than its budget of ${size.text}`, size, parts),
    );
  }
  const needed = memory ? await image.memoryMiB() : 0;
  if (memory && needed * mebibyte > memory.bytes) {
    const what = `the machine needs ${needed} MiB of memory, more than its budget of ${memory.text}`;
    errors.push(tooMuch(what, memory, parts));
  }
  if (errors.length > 0) throw new KitErrors(errors);
}

export const totalBytes = (parts: readonly ImagePart[]): number =>
  parts.reduce((sum, { bytes }) => sum + bytes, 0);

const mebibyte = 1 << 20;

/** `90.3 MiB`: the unit of budgets. */
const mebibytes = (bytes: number): string => `${(bytes / mebibyte).toFixed(1)} MiB`;

interface Budget {
  readonly bytes: number;
  readonly text: string;
  readonly place: Located<Budgets>['origin']['place'];
  readonly key: keyof Budgets;
}

/** The last document with the key wins. */
export function budgetOf(budgets: Manifest['budgets'], key: keyof Budgets): Budget | undefined {
  const found = budgets.findLast(({ value }) => value[key] !== undefined);
  const text = found?.value[key];
  if (!found || text === undefined) return undefined;
  const units = { K: 1 << 10, M: mebibyte, G: 1 << 30 };
  const bytes = Number.parseInt(text, 10) * (units[text.at(-1) as keyof typeof units] ?? 1);
  return { bytes, text, place: found.origin.place, key };
}

/** How many parts the hint lists. */
const shown = 5;

function tooMuch(message: string, { place, key }: Budget, parts: readonly ImagePart[]): KitError {
  const largest = parts.toSorted((a, b) => b.bytes - a.bytes).slice(0, shown);
  const lines = largest.map(({ title, bytes, users }) => {
    const usedBy = users.length > 0 ? ` (${users.join(', ')})` : '';
    return `\n  ${mebibytes(bytes).padStart(10)}  ${title}${usedBy}`;
  });
  return new KitError(message, { place: place([key]), hint: `the largest parts are${lines.join('')}` });
}
