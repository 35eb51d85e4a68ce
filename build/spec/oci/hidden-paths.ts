import type { KeyPath } from '../../manifest/check.ts';
import type { EffectiveEntry } from '../effective-entry.ts';
import { FieldError } from '../field-error.ts';

/** A bind without any of them is as its source, and the machine's mounts are shared (mount_namespaces(7)). */
const propagations = [
  'shared',
  'rshared',
  'slave',
  'rslave',
  'private',
  'rprivate',
  'unbindable',
  'runbindable',
];

/**
 * The options of a bind in which an entry has paths hidden or made read-only. That is done by a mount, which
 * would reach the machine and all its containers if the bind shared its mounts with them.
 * @param options without a word about propagation where the entry leaves it to kit
 */
export function keptFromMachine(
  options: readonly string[],
  destination: string,
  { maskedPaths, readonlyPaths }: Pick<EffectiveEntry, 'maskedPaths' | 'readonlyPaths'>,
  at: KeyPath,
): readonly string[] {
  const within = [...maskedPaths, ...readonlyPaths].find((path) => isWithin(path, destination));
  if (within === undefined) return options;
  if (options.some((word) => word === 'shared' || word === 'rshared')) {
    throw new FieldError(
      at,
      `the bind of "${destination}" shares its mounts with the machine, where "${within}" would be hidden or read-only, too`,
      'give it the option "rslave", or leave propagation out',
    );
  }
  return options.some((word) => propagations.includes(word)) ? options : [...options, 'rslave'];
}

const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder === '/' ? '/' : `${folder}/`);
