import { KitError } from '../../../lib/errors/errors.ts';
import { globMatcher } from '../../debian/globs.ts';

/** Paths of the modules that each module (by its path) needs: modules.dep(5). */
export type Dependencies = ReadonlyMap<string, readonly string[]>;

/**
 * `kernel/fs/ext4/ext4.ko.xz: kernel/fs/jbd2/jbd2.ko.xz …`; the right side is complete, not just the next
 * step.
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
 * Sorted paths of the modules that the wanted names or globs mean, and of all that those need.
 * @param builtin paths of what is in the kernel itself: such a name is fine, and adds nothing
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

/** `kernel/net/8021q/8021q.ko.xz` is `8021q`; the kernel takes `-` and `_` for the same. */
export function moduleName(path: string): string {
  return path
    .replace(/^.*\//, '')
    .replace(/\.ko(\.\w+)?$/, '')
    .replaceAll('-', '_');
}
