import { statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { debianLockFile, sourceOfLock } from '../debian/lock-file.ts';
import type { LockedSource } from '../debian/locked-packages.ts';
import { isPackaged, kitRoot } from '../host/paths.ts';
import { type ReadOptions, readManifestFiles } from '../images/manifest-files.ts';
import { imageRefs } from '../manifest/images/image-refs.ts';
import type { Manifest } from '../manifest/types.ts';
import { baseLayers } from '../packages/base-layers.ts';
import { type PackageDefinition, readBuildYml } from '../packages/definition/build-yml.ts';
import { findPackage, packageFolder, suggestPackage } from '../packages/definition/find.ts';
import { lockedSource } from '../packages/plan.ts';
import { resolvePackages } from '../tools/apt/resolve.ts';
import type { Work } from '../work.ts';

/** The locks that a command was given. */
export interface Targets {
  /** Lock files of Debian packages, those of bases before those of what stands on them. */
  readonly debian: readonly DebianTarget[];
  /** Packages with npm packages beside their program. */
  readonly npm: readonly PackageDefinition[];
  /** Manifests, merged; undefined if none was named. */
  readonly manifest: Manifest | undefined;
}

export interface DebianTarget {
  readonly lockFile: string;
  /** Of an installed kit, which only a newer kit renews. */
  readonly isKits: boolean;
  /** For the architecture of `work`: it determines what the bases have. */
  locked(work: Work): Promise<LockedSource>;
}

/**
 * The locks behind lock files of Debian packages (`*.lock.json`), folders of packages, and manifests: all
 * packages that a manifest names, and the packages below them. @throws KitError, KitErrors
 */
export async function findTargets(
  names: readonly string[],
  options: ReadOptions,
  work: Work,
): Promise<Targets> {
  const { cwd } = options;
  const folders: string[] = [];
  const files: string[] = [];
  const debian = new Map<string, DebianTarget>();
  for (const name of names) {
    const path = resolve(cwd, name);
    const folder = folderOfWord(name, cwd);
    if (folder !== undefined) folders.push(folder);
    else if (!name.endsWith('.lock.json')) files.push(name);
    else if (basename(path) === debianLockFile && isFile(join(dirname(path), 'build.yml')))
      folders.push(dirname(path));
    else debian.set(path, treeTarget(path));
  }
  const manifest = files.length > 0 ? await readManifestFiles(files, options, work) : undefined;
  if (manifest) folders.push(...foldersOf(manifest));
  const definitions = await withBases(folders);
  for (const one of definitions) {
    if (one.source.kind === 'debian' || one.source.kind === 'source')
      debian.set(join(one.dir, debianLockFile), packageTarget(one));
  }
  const npm = definitions.filter(({ source }) => source.kind === 'service' && source.external.length > 0);
  return { debian: [...debian.values()], npm, manifest };
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** Undefined for what is no folder of a package. */
function folderOfWord(name: string, cwd: string): string | undefined {
  const folder = findPackage(name, cwd);
  if (folder !== undefined) return folder;
  const isFolder = statSync(resolve(cwd, name), { throwIfNoEntry: false })?.isDirectory();
  if (!isFolder && !(name.startsWith('pkg/') && !isFile(resolve(cwd, name)))) return undefined;
  throw new KitError(
    `Cannot find package "${name}"${suggestPackage(name, cwd)}: no such folder with a build.yml`,
  );
}

/** The packages that a manifest names. Missing ones are left to `kit build`. */
function foldersOf(manifest: Manifest): string[] {
  return imageRefs(manifest).flatMap(({ value }) =>
    value.kind === 'package' ? (packageFolder(value) ?? []) : [],
  );
}

/** The packages in these folders and all that are below them, the lowest first, each once. */
async function withBases(folders: readonly string[]): Promise<PackageDefinition[]> {
  const found = new Map<string, PackageDefinition>();
  const visit = async (dir: string, above: readonly string[]): Promise<void> => {
    if (found.has(dir) || above.includes(dir)) return;
    const definition = await readBuildYml(dir);
    const libs = definition.source.kind === 'service' ? [baseLayers.libs] : [];
    for (const base of [...libs, ...definition.base]) await visit(base, [...above, dir]);
    found.set(dir, definition);
  };
  for (const dir of folders) await visit(dir, []);
  return [...found.values()];
}

function packageTarget(definition: PackageDefinition): DebianTarget {
  const lockFile = join(definition.dir, debianLockFile);
  const locked = async (work: Work): Promise<LockedSource> => {
    const found = await lockedSource(definition, work);
    if (found) return found;
    throw new KitError(`Cannot lock "${definition.dir}": it has no Debian packages`);
  };
  return { lockFile, isKits: isKits(lockFile), locked };
}

function treeTarget(lockFile: string): DebianTarget {
  const locked = async (): Promise<LockedSource> => ({
    ...{ source: await sourceOfLock(lockFile), lockFile, resolve: resolvePackages },
  });
  return { lockFile, isKits: isKits(lockFile), locked };
}

const isKits = (file: string): boolean => isPackaged && file.startsWith(`${kitRoot}/`);
