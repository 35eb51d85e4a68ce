import { KitError } from '../../../lib/errors/errors.ts';
import { globMatcher } from '../../debian/globs.ts';

/** Paths of the modules that each module, by its path, depends on: modules.dep(5). */
export type Dependencies = ReadonlyMap<string, readonly string[]>;

/**
 * `kernel/fs/ext4/ext4.ko.xz: kernel/fs/jbd2/jbd2.ko.xz …`; the right side includes indirect dependencies.
 */
export function parseDependencies(text: string): Dependencies {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const [path = '', needs = ''] = line.split(':');
      return [path, needs.split(' ').filter((need) => need !== '')];
    }),
  );
}

/**
 * Sorted paths of the modules that match the names or globs, and of their dependencies.
 * @param builtin paths of modules in the kernel itself: their names are accepted and add nothing
 */
export function chooseModules(
  wanted: readonly string[],
  dependencies: Dependencies,
  builtin: readonly string[],
): string[] {
  const kept = new Set<string>();
  const missing: string[] = [];
  for (const name of wanted) {
    const matches = globMatcher([moduleName(name)]);
    const found = [...dependencies.keys()].filter((path) => matches(moduleName(path)));
    if (found.length === 0 && !builtin.some((path) => matches(moduleName(path)))) missing.push(`"${name}"`);
    for (const path of found) for (const one of [path, ...(dependencies.get(path) ?? [])]) kept.add(one);
  }
  if (missing.length > 0)
    throw new KitError(`Cannot find kernel module ${missing.join(', ')}: not in this kernel`);
  return [...kept].sort();
}

/** `8021q` for `kernel/net/8021q/8021q.ko.xz`, with `_` for `-`, which the kernel treats alike. */
export function moduleName(path: string): string {
  return path
    .replace(/^.*\//, '')
    .replace(/\.ko(\.\w+)?$/, '')
    .replaceAll('-', '_');
}
