import { combineErrors, KitError, type SourcePosition } from '../../../lib/errors/errors.ts';
import { didYouMean } from '../../manifest/nearest.ts';
import { type ModuleTables, matchModules, moduleName, withNeeded } from '../../packages/debian/modules.ts';

/** A word of `kernel.modules`: a name or glob of modules, or with a dash in front of those to leave out. */
export interface ModuleWord {
  readonly text: string;
  readonly place?: SourcePosition;
  /** The manifest names it elsewhere, as a file system: a kernel without it is told of, and no error. */
  readonly mentioned?: boolean;
  /** Besides, the kernel may do without it: nothing is said about it. */
  readonly unspoken?: boolean;
}

/** A kernel image's modules, and the changes that a manifest makes to its list. */
export interface ModuleChange {
  /** Of the image, for messages. */
  readonly image: string;
  /** Paths of the modules in the image's list, without what these need. */
  readonly named: readonly string[];
  readonly words: readonly ModuleWord[];
  /** Names of modules that stay whatever the words say. */
  readonly always: readonly string[];
}

export interface ChangedModules {
  /** Sorted, with all that the modules need and ask for. */
  readonly paths: readonly string[];
  /** One sentence for each thing that the words did not say, or that they said in vain. */
  readonly notes: readonly string[];
}

/**
 * The image's list after the words of the manifest, one after another.
 * @throws KitError, KitErrors for names that the kernel lacks, or that are left out of a list without them
 */
export function changeModules(change: ModuleChange, tables: ModuleTables): ChangedModules {
  const { named, words, always } = change;
  const list = new Set(named);
  const errors: KitError[] = [];
  const notes: string[] = [];
  const left = new Set<string>();
  for (const word of words) {
    try {
      if (word.text.startsWith('-')) for (const path of leftOut(word, list, change, tables)) left.add(path);
      else {
        notes.push(...added(word, list, change, tables));
        for (const path of list) left.delete(path);
      }
    } catch (thrown) {
      if (!(thrown instanceof KitError)) throw thrown;
      errors.push(thrown);
    }
  }
  if (errors.length > 0) throw combineErrors(errors);
  const kept = always.flatMap((name) => matchModules(name, tables).modules);
  const paths = withNeeded([...list, ...kept], tables);
  return { paths, notes: [...notes, ...staying(left, paths, kept, tables)] };
}

/** Takes modules out of the list, and returns all that the word names: others may need them. */
function leftOut(
  { text, place }: ModuleWord,
  list: Set<string>,
  { image }: ModuleChange,
  tables: ModuleTables,
): string[] {
  const name = text.slice(1);
  const { modules, builtin } = matchModules(name, tables);
  const known = new Set(withNeeded([...list], tables));
  const found = modules.filter((path) => known.has(path));
  if (found.length === 0 && name !== '*') {
    const why = builtin.length > 0 ? 'it is built into the kernel' : `it is not in the list of "${image}"`;
    throw new KitError(`Cannot leave out kernel module "${name}": ${why}`, { place });
  }
  for (const path of found) list.delete(path);
  return name === '*' ? [] : found;
}

/** Adds modules to the list, and returns what there is to say about them. */
function added(
  { text, place, mentioned, unspoken }: ModuleWord,
  list: Set<string>,
  { image }: ModuleChange,
  tables: ModuleTables,
): string[] {
  const { modules, builtin } = matchModules(text, tables);
  if (unspoken) {
    for (const path of modules) list.add(path);
    return [];
  }
  if (modules.length === 0) {
    if (mentioned)
      return builtin.length > 0 ? [] : [`"${text}" is in a command or mount, and not in "${image}"`];
    if (builtin.length > 0) return [`"${text}" is built into the kernel`];
    const all = [...tables.dependencies.keys(), ...tables.builtin].map(moduleName);
    throw new KitError(`Cannot find kernel module "${text}" in "${image}"${didYouMean(text, all)}`, {
      place,
      hint: "pkg/kernel is Debian's kernel for virtual machines; docs/kernel.md says what it lacks",
    });
  }
  const before = new Set(withNeeded([...list], tables));
  if (mentioned) {
    for (const path of modules) list.add(path);
    const fresh = modules.some((path) => !before.has(path));
    return fresh ? [`"${text}" is included: a command or mount names it`] : [];
  }
  const hard = withNeeded(modules, { ...tables, soft: new Map() });
  for (const path of modules) list.add(path);
  const fresh = (paths: readonly string[], but: readonly string[]): string[] =>
    paths.filter((path) => !before.has(path) && !but.includes(path)).map(moduleName);
  const needed = fresh(hard, modules);
  const soft = fresh(withNeeded(modules, tables), hard);
  return [
    ...(needed.length > 0 ? [`"${text}" needs ${needed.join(', ')}`] : []),
    ...(soft.length > 0 ? [`"${text}" asks for ${soft.join(', ')} while it works: included`] : []),
  ];
}

/** Why modules are there though the manifest leaves them out. */
function staying(
  left: ReadonlySet<string>,
  paths: readonly string[],
  kept: readonly string[],
  { dependencies, soft }: ModuleTables,
): string[] {
  return paths
    .filter((path) => left.has(path))
    .map((path) => {
      const user = paths.find((other) =>
        [...(dependencies.get(other) ?? []), ...(soft.get(other) ?? [])].includes(path),
      );
      const why = kept.includes(path) || user === undefined ? "kit's init" : `"${moduleName(user)}"`;
      return `"${moduleName(path)}" stays: ${why} needs it`;
    });
}
