import { KitError, KitErrors } from '../../../lib/errors/errors.ts';
import type { Budgets, Located, Manifest } from '../../manifest/types.ts';
import type { BootImage } from './boot-image.ts';
import type { ImagePart } from './image-part.ts';
import { type NamedSize, sizeChanges } from './size-changes.ts';

/**
 * The parts of an image that keeps within its budgets; undefined without budgets.
 * @param before the parts at the last build that kept within them
 * @throws KitErrors when the image exceeds one; the hint lists what grew, and the largest parts
 */
export async function checkBudgets(
  { budgets }: Pick<Manifest, 'budgets'>,
  image: Pick<BootImage, 'parts' | 'memoryMiB'>,
  before: readonly NamedSize[] = [],
): Promise<NamedSize[] | undefined> {
  const errors: KitError[] = [];
  const [size, memory] = [budgetOf(budgets, 'image'), budgetOf(budgets, 'memory')];
  if (!size && !memory) return undefined;
  const parts = await image.parts();
  const bytes = totalBytes(parts);
  if (size && bytes > size.bytes) {
    errors.push(
      tooMuch(`the image has ${mebibytes(bytes)}, more than its budget of ${size.text}`, size, parts, before),
    );
  }
  const needed = memory ? await image.memoryMiB() : 0;
  if (memory && needed * mebibyte > memory.bytes) {
    const what = `the machine needs ${needed} MiB of memory, more than its budget of ${memory.text}`;
    errors.push(tooMuch(what, memory, parts, before));
  }
  if (errors.length > 0) throw new KitErrors(errors);
  return namedSizes(parts);
}

const namedSizes = (parts: readonly ImagePart[]): NamedSize[] =>
  parts.map(({ title, bytes }) => ({ name: title, bytes }));

export const totalBytes = (parts: readonly ImagePart[]): number =>
  parts.reduce((sum, { bytes }) => sum + bytes, 0);

const mebibyte = 1 << 20;

/** `90.3 MiB`: the unit of budgets. */
export const mebibytes = (bytes: number): string => `${(bytes / mebibyte).toFixed(1)} MiB`;

/** A budget as the manifest has it. */
export interface WrittenBudget {
  readonly text: string;
  readonly place: Located<Budgets>['origin']['place'];
  readonly key: keyof Budgets;
}

interface Budget extends WrittenBudget {
  readonly bytes: number;
}

/** The last document with the key wins. */
export function writtenBudget(budgets: Manifest['budgets'], key: keyof Budgets): WrittenBudget | undefined {
  const found = budgets.findLast(({ value }) => value[key] !== undefined);
  const text = found?.value[key];
  return found && text !== undefined ? { text, place: found.origin.place, key } : undefined;
}

/** A budget of bytes. */
export function budgetOf(
  budgets: Manifest['budgets'],
  key: Exclude<keyof Budgets, 'boot'>,
): Budget | undefined {
  const found = writtenBudget(budgets, key);
  if (!found) return undefined;
  const { text } = found;
  const units = { K: 1 << 10, M: mebibyte, G: 1 << 30 };
  const bytes = Number.parseInt(text, 10) * (units[text.at(-1) as keyof typeof units] ?? 1);
  return { ...found, bytes };
}

/** How many parts the hint lists. */
const shown = 5;

function tooMuch(
  message: string,
  { place, key }: Budget,
  parts: readonly ImagePart[],
  before: readonly NamedSize[],
): KitError {
  const largest = parts.toSorted((a, b) => b.bytes - a.bytes).slice(0, shown);
  const lines = largest.map(({ title, bytes, users }) => {
    const usedBy = users.length > 0 ? ` (${users.join(', ')})` : '';
    return `\n  ${mebibytes(bytes).padStart(10)}  ${title}${usedBy}`;
  });
  const hint = `${grown(parts, before)}the largest parts are${lines.join('')}`;
  return new KitError(message, { place: place([key]), hint });
}

/** What has become larger since the last build, the largest growth first; empty if that is not known. */
function grown(parts: readonly ImagePart[], before: readonly NamedSize[]): string {
  const more = sizeChanges(namedSizes(parts), before).filter(({ bytes, oldBytes }) => bytes > oldBytes);
  if (before.length === 0 || more.length === 0) return '';
  const lines = more.slice(0, shown).map(({ name, bytes, oldBytes }) => {
    const isNew = oldBytes === 0 ? ' (new)' : '';
    return `\n  ${`+${mebibytes(bytes - oldBytes)}`.padStart(10)}  ${name}${isNew}`;
  });
  return `since the last build within its budgets it has grown by${lines.join('')}\n`;
}
