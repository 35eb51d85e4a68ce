import type { KeyPath } from '../../manifest/check.ts';
import type { EffectiveEntry } from '../effective-entry.ts';
import { FieldError } from '../field-error.ts';
import { isIn } from './is-in.ts';
import { isPropagation } from './propagation.ts';

/**
 * The options of a bind in which an entry has paths hidden or made read-only. That is done by a mount, which
 * would reach the machine and all its containers if the bind shared its mounts with them. A bind without a
 * word about propagation is as its source, and the machine's mounts are shared (mount_namespaces(7)).
 * @param options as the entry has them @param otherwise more of them, if it has nothing hidden there
 */
export function keptFromMachine(
  {
    options,
    otherwise = [],
  }: { readonly options: readonly string[]; readonly otherwise?: readonly string[] },
  destination: string,
  { maskedPaths, readonlyPaths }: Pick<EffectiveEntry, 'maskedPaths' | 'readonlyPaths'>,
  at: KeyPath,
): string[] {
  const hidden = [...maskedPaths, ...readonlyPaths].find(
    (path) => destination === '/' || isIn(path, destination),
  );
  if (hidden === undefined) return [...options, ...otherwise];
  if (options.some((word) => word === 'shared' || word === 'rshared')) {
    throw new FieldError(
      at,
      `the bind of "${destination}" shares its mounts with the machine, where "${hidden}" would be hidden or read-only, too`,
      'give it the option "rslave", or leave propagation out',
    );
  }
  return options.some(isPropagation) ? [...options] : [...options, 'rslave'];
}
