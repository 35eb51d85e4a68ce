import { KitError, type SourcePosition } from '../../../../lib/errors/errors.ts';
import type { Arch } from '../../../host/arch.ts';
import { didYouMean } from '../../../manifest/nearest.ts';
import type { LockedNode, LockGraph } from './graph.ts';
import { namedPlatform, nameWorksOn, worksOn } from './platform.ts';

/** The packages that go into a machine, with all that they need there. */
export interface Selection {
  /** Name it is imported by, and id. */
  readonly roots: ReadonlyMap<string, string>;
  /** By id; of their dependencies, only those that are selected. */
  readonly nodes: ReadonlyMap<string, SelectedNode>;
}

/** What messages name. */
export interface ShownFiles {
  /** Shown path of the lock file. */
  readonly file: string;
  /** Shown path of the package.json. */
  readonly importer: string;
  /** Where build.yml names each package. */
  readonly places?: ReadonlyMap<string, SourcePosition>;
}

export interface SelectedNode extends Omit<LockedNode, 'dependencies' | 'optional'> {
  readonly dependencies: ReadonlyMap<string, string>;
  /** Nothing but optional dependencies leads to it: it may be left out when it turns out not to fit. */
  readonly isOptional: boolean;
}

/**
 * Takes the named packages and their dependencies out of a lock file, without the optional ones for other
 * platforms.
 */
export function selectPackages(
  graph: LockGraph,
  names: readonly string[],
  arch: Arch,
  shown: ShownFiles,
): Selection {
  const { file } = shown;
  const roots = new Map(names.map((name) => [name, rootOf(graph, name, shown)]));
  const required = reach(graph, roots.values(), arch, false);
  const all = reach(graph, roots.values(), arch, true);
  const nodes = new Map<string, SelectedNode>();
  for (const id of [...all].sort()) {
    const node = graph.nodes.get(id);
    if (!node) throw new KitError(`Cannot use lock file "${file}": it has no "${id}"`);
    checkSource(node, file);
    const isOptional = !required.has(id);
    if (!isOptional) checkPlatform(node, arch);
    checkPlatformPackages(node, all, arch, file);
    const { dependencies, optional, ...rest } = node;
    const kept = [...dependencies, ...optional].filter(
      (pair): pair is [string, string] => pair[1] !== undefined && all.has(pair[1]),
    );
    nodes.set(id, { ...rest, isOptional, dependencies: new Map(kept) });
  }
  return { roots, nodes };
}

function rootOf({ roots }: LockGraph, name: string, { file, importer, places }: ShownFiles): string {
  const found = roots.get(name);
  if (found !== undefined) return found;
  const guess = didYouMean(name, roots.keys());
  throw new KitError(`Cannot find external package "${name}" in "${file}"${guess}`, {
    place: places?.get(name),
    hint: `it must be a dependency of "${importer}": npm install ${name}, or what your package manager calls it`,
  });
}

/** More packages than any project has: a lock file may come from anybody. */
const countLimit = 20_000;

function reach(graph: LockGraph, roots: Iterable<string>, arch: Arch, withOptional: boolean): Set<string> {
  const found = new Set(roots);
  // A set's iterator also visits what is added meanwhile.
  for (const id of found) {
    if (found.size > countLimit)
      throw new KitError(`Cannot take more than ${countLimit} packages into a layer`);
    const node = graph.nodes.get(id);
    if (!node) continue;
    for (const next of node.dependencies.values()) found.add(next);
    if (!withOptional) continue;
    for (const [alias, next] of node.optional) {
      const other = next === undefined ? undefined : graph.nodes.get(next);
      if (next !== undefined && other && fits(other, alias, arch)) found.add(next);
    }
  }
  return found;
}

/** Where the lock file does not say what an optional package is for, its name does, until it is fetched. */
function fits({ platforms, name }: LockedNode, alias: string, arch: Arch): boolean {
  if (platforms) return worksOn(platforms, arch);
  const named = namedPlatform(name) ?? namedPlatform(alias);
  return !named || nameWorksOn(named, arch);
}

function checkSource({ name, elsewhere, integrity }: LockedNode, file: string): void {
  if (elsewhere === undefined && integrity !== undefined) return;
  const why =
    elsewhere === undefined ? `"${file}" has no checksum for it` : `"${file}" takes it from ${elsewhere}`;
  throw new KitError(`Cannot take npm package "${name}" into the image: ${why}`, {
    hint: 'external packages come from a registry; what is not named under "external" is bundled',
  });
}

function checkPlatform({ name, version, platforms }: LockedNode, arch: Arch): void {
  if (!platforms || worksOn(platforms, arch)) return;
  const wants = Object.entries(platforms).filter(([, list]) => list.length > 0);
  const shown = wants.map(([key, list]) => `${key}: ${list.join(', ')}`).join('; ');
  throw new KitError(`Cannot take "${name}" ${version} into an image for linux, ${arch}: it is for ${shown}`);
}

/**
 * A package with a prebuilt part for each platform, as optional dependencies, does not work without the one
 * for this machine. npm has left those of other platforms out of some lock files.
 */
function checkPlatformPackages(node: LockedNode, all: ReadonlySet<string>, arch: Arch, file: string): void {
  const families = Map.groupBy(node.optional, ([alias]) => namedPlatform(alias)?.family ?? '');
  families.delete('');
  for (const members of families.values()) {
    if (members.length < 2) continue;
    const own = members.filter(([alias]) => isNamedFor(alias, arch));
    if (own.some(([, id]) => id !== undefined && all.has(id))) continue;
    const [absent] = own;
    if (absent) {
      throw new KitError(
        `Cannot take "${node.name}" into an image for ${arch}: "${file}" does not have its "${absent[0]}"`,
        { hint: 'delete node_modules and the lock file and install again: npm then writes all platforms' },
      );
    }
    if (members.some(([alias]) => namedPlatform(alias)?.os === 'linux')) {
      throw new KitError(
        `Cannot take "${node.name}" ${node.version} into an image: it has no part for linux, ${arch}`,
      );
    }
  }
}

function isNamedFor(alias: string, arch: Arch): boolean {
  const named = namedPlatform(alias);
  return named !== undefined && nameWorksOn(named, arch);
}
