import { KitError } from '../../../lib/errors/errors.ts';
import { globMatcher } from '../../debian/globs.ts';

/** Paths of the modules that each module, by its path, depends on: modules.dep(5). */
export type Dependencies = ReadonlyMap<string, readonly string[]>;

/** What depmod knows of the modules of a kernel. */
export interface ModuleTables {
  readonly dependencies: Dependencies;
  /** Paths of the modules in the kernel itself: modules.builtin. */
  readonly builtin: readonly string[];
  /** By module, the paths of those that it asks for while it works: modules.softdep and modules.alias. */
  readonly soft: Dependencies;
}

/** Depmod's files, as text; one that is missing is empty. */
export interface TableTexts {
  readonly dep: string;
  readonly builtin: string;
  readonly softdep: string;
  readonly alias: string;
}

export function parseTables({ dep, builtin, softdep, alias }: TableTexts): ModuleTables {
  const dependencies = parseDependencies(dep);
  return { dependencies, builtin: lines(builtin), soft: softDependencies(softdep, alias, dependencies) };
}

/**
 * `kernel/fs/ext4/ext4.ko.xz: kernel/fs/jbd2/jbd2.ko.xz …`; the right side includes indirect dependencies.
 */
export function parseDependencies(text: string): Dependencies {
  return new Map(
    lines(text).map((line) => {
      const [path = '', needs = ''] = line.split(':');
      return [path, needs.split(' ').filter((need) => need !== '')];
    }),
  );
}

/**
 * `softdep btrfs pre: sha256 xxhash64`: names of modules, or aliases of them (`alias sha256 sha256_generic`).
 * Those that no module has are built in, or of another architecture.
 */
function softDependencies(text: string, alias: string, dependencies: Dependencies): Dependencies {
  const byName = new Map<string, string[]>();
  for (const path of dependencies.keys()) byName.set(moduleName(path), [path]);
  const byAlias = new Map<string, string[]>();
  for (const line of lines(alias)) {
    const [, name = '', module = ''] = /^alias ([^\s*?[]+) (\S+)$/.exec(line) ?? [];
    if (name !== '') byAlias.set(name, [...(byAlias.get(name) ?? []), moduleName(module)]);
  }
  const found = new Map<string, string[]>();
  for (const line of lines(text)) {
    const [, module = '', rest = ''] = /^softdep (\S+) (.+)$/.exec(line) ?? [];
    const [path] = byName.get(moduleName(module)) ?? [];
    if (path === undefined) continue;
    const names = rest.split(/\s+/).filter((word) => word !== '' && !/^(?:pre|post):$/.test(word));
    const modules = names.flatMap((name) => byAlias.get(name) ?? [moduleName(name)]);
    found.set(path, [...(found.get(path) ?? []), ...modules.flatMap((name) => byName.get(name) ?? [])]);
  }
  return found;
}

/** Sorted paths of the modules that match the names or globs. @throws KitError with all that are unknown */
export function findModules(wanted: readonly string[], tables: ModuleTables): string[] {
  const found = new Set<string>();
  const missing: string[] = [];
  for (const name of wanted) {
    const { modules, builtin } = matchModules(name, tables);
    if (modules.length + builtin.length === 0) missing.push(`"${name}"`);
    for (const path of modules) found.add(path);
  }
  if (missing.length > 0)
    throw new KitError(`Cannot find kernel module ${missing.join(', ')}: not in this kernel`);
  return [...found].sort();
}

/** Paths of the modules, and of those in the kernel itself, that a name or glob matches. */
export function matchModules(
  name: string,
  { dependencies, builtin }: Pick<ModuleTables, 'dependencies' | 'builtin'>,
): { readonly modules: string[]; readonly builtin: string[] } {
  const matches = globMatcher([moduleName(name)]);
  const matching = (paths: Iterable<string>): string[] =>
    [...paths].filter((path) => matches(moduleName(path)));
  return { modules: matching(dependencies.keys()), builtin: matching(builtin) };
}

/** Sorted paths of the modules, of all they need, and of all they ask for while they work. */
export function withNeeded(paths: readonly string[], { dependencies, soft }: ModuleTables): string[] {
  const kept = new Set<string>();
  const open = [...paths];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (kept.has(path)) continue;
    kept.add(path);
    open.push(...(dependencies.get(path) ?? []), ...(soft.get(path) ?? []));
  }
  return [...kept].sort();
}

/** `8021q` for `kernel/net/8021q/8021q.ko.xz`, with `_` for `-`, which the kernel treats alike. */
export function moduleName(path: string): string {
  return path
    .replace(/^.*\//, '')
    .replace(/\.ko(\.\w+)?$/, '')
    .replaceAll('-', '_');
}

const lines = (text: string): string[] =>
  text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
