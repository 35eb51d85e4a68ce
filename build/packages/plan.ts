import { createHash } from 'node:crypto';
import { join, relative } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { exactJson } from '../../lib/json/exact-json.ts';
import { debianLockFile } from '../debian/lock-file.ts';
import { type LockedSource, lockPackages } from '../debian/locked-packages.ts';
import type { LockedPackage } from '../debian/source.ts';
import { hostArch } from '../host/arch.ts';
import { kitRoot } from '../host/paths.ts';
import { resolvePackages } from '../tools/apt/resolve.ts';
import type { Work } from '../work.ts';
import { bundleService, type ProgramBundle } from './bundle/bundle.ts';
import { type PackageDefinition, readBuildYml } from './definition/build-yml.ts';
import { dockerfileError } from './definition/dockerfile.ts';
import { shownPath } from './definition/shown-path.ts';
import { atPlace } from './external/at-place.ts';
import type { ExternalPlan } from './external/plan-external.ts';
import { contentHash, pathsBelow } from './inputs.ts';
import { lockHash } from './lock-hash.ts';
import { nodeRuntimeInputs, nodeRuntimeKey } from './node-runtime/node-runtime.ts';
import { bundlerSources, nodeSources, recipes, sourceHashes, sourceInputs } from './recipes.ts';
import type { PackageId } from './write-image.ts';

/** What is known about a package before its layers are made. */
export interface PackagePlan extends PackageId {
  readonly definition: PackageDefinition;
  /** The packages below this one, lowest first; pkg/libs comes first for a service. */
  readonly bases: readonly BasePackage[];
  /** npm packages beside the program. */
  readonly external: ExternalPlan | undefined;
  readonly bundle: ProgramBundle | undefined;
  /** Whether it has symbolic links, or a files/ folder that is not empty. */
  readonly hasFiles: boolean;
  /** `lockHash` of the package. */
  readonly lock: string;
  /** Every path that was read; a change of one of them may change the package. */
  readonly inputs: readonly string[];
}

export interface BasePackage {
  readonly dir: string;
  readonly hash: string;
}

/**
 * Reads the package in `dir`, bundles its program, and computes its name.
 * @param libs folder of the package below every TypeScript program @param idOf name and hash of a base
 */
export async function planPackage(
  dir: string,
  libs: string,
  work: Work,
  idOf: (dir: string) => Promise<PackageId>,
): Promise<PackagePlan> {
  const definition = await readBuildYml(dir);
  refuseArch(definition, work);
  await refuseCircles(definition, []);
  const { source } = definition;
  const baseOf = async (base: string): Promise<BasePackage> => ({
    dir: base,
    hash: (await idOf(base)).hash,
  });
  const bases = await Promise.all(baseFolders(definition, libs).map(baseOf));
  const locked = await lockedSource(definition, work);
  if (locked) await lockPackages(locked, lockWork(definition, work));
  const lock = lockHash(definition);
  const external = await externalOf(definition, work);
  const bundle = await bundleOf(definition, external);
  for (const note of bundle?.notes ?? []) work.progress.line(`${shownPath(dir)}: ${note}`);
  const files = pathsBelow(join(dir, 'files'));
  const own = source.kind === 'source' ? pathsBelow(ownFolder(definition)) : [];
  const hasFiles = files.length > 1 || Object.keys(definition.symlinks).length > 0;
  if (source.kind === 'files' && !hasFiles) throw dockerfileError(dir) ?? emptyPackage(dir);
  const hash = await hashOf(definition, { bases, lock, external, bundle, files: [...files, ...own] });
  const name = `${definition.org}/${definition.image}:${definition.tag.replace(/\{\{ *\.Hash *\}\}/g, hash)}`;
  const inputs = inputPaths(definition, [...files, ...own], bundle, external);
  return { name, hash, definition, bases, external, bundle, hasFiles, lock, inputs };
}

async function externalOf(definition: PackageDefinition, work: Work): Promise<ExternalPlan | undefined> {
  const { source, dir } = definition;
  if (source.kind !== 'service' || source.external.length === 0) return undefined;
  const { planExternal } = await import('./external/plan-external.ts');
  const { external, project } = source;
  return atPlace(external[0]?.place, work.signal, () =>
    planExternal(external, project?.ignoreEngines ?? [], dir, work),
  );
}

async function bundleOf(
  { source, dir, image }: PackageDefinition,
  external: ExternalPlan | undefined,
): Promise<ProgramBundle | undefined> {
  if (source.kind !== 'service') return undefined;
  if (!source.project) return bundleService(source.main, source.install, dir, image);
  // Loaded late: kit's own programs do not need it.
  const { bundleProject } = await import('./project/bundle-project.ts');
  return bundleProject(source.project, dir, image, external?.versions);
}

/** Covers everything that goes into the image, but not the location of the package's folder. */
async function hashOf(
  { dir, source, value }: PackageDefinition,
  parts: Pick<PackagePlan, 'bases' | 'lock' | 'external' | 'bundle'> & { readonly files: readonly string[] },
): Promise<string> {
  const all = {
    yml: value,
    bases: parts.bases.map((base) => base.hash),
    lock: parts.lock,
    node: source.kind === 'service' ? await nodeRuntimeKey(source.icu) : '',
    external: parts.external?.key,
    bundle: parts.bundle?.files.map(({ name, content }) => [name, sha256(content)]) ?? [],
    assets: parts.bundle?.assets?.map(({ path, source }) => [path, contentHash(source)]) ?? [],
    files: parts.files.map((path) => [relative(dir, path), contentHash(path)]),
    recipe: sourceHashes(recipes[source.kind]),
  };
  return sha256(exactJson(all)).slice(0, 40);
}

function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/**
 * The packages of a Debian source without those of its bases; locks them first where needed. Tools of a build
 * are in no image.
 */
export async function lockedPackages(definition: PackageDefinition, work: Work): Promise<LockedPackage[]> {
  if (definition.source.kind !== 'debian') return [];
  const locked = await lockedSource(definition, work);
  return locked ? lockPackages(locked, work) : [];
}

/** The work for locks: tools of a build are for this machine, whatever it builds for. */
export const lockWork = ({ source }: PackageDefinition, work: Work): Work =>
  source.kind === 'source' ? { ...work, arch: hostArch } : work;

/** A package's own files for its build from source. */
export const ownFolder = ({ dir }: PackageDefinition): string => join(dir, 'src');

/** The package's Debian packages with their lock file, also those that it is built with. */
export async function lockedSource(
  definition: PackageDefinition,
  work: Work,
): Promise<LockedSource | undefined> {
  const { source, dir } = definition;
  const lock = { lockFile: join(dir, debianLockFile), resolve: resolvePackages };
  if (source.kind === 'source') return { source: source.source.debian, ...lock };
  if (source.kind !== 'debian') return undefined;
  return { source: source.debian, ...lock, bases: await packagesBelow(definition, work) };
}

/** The Debian packages in the bases of a package, and in their bases. */
export async function packagesBelow(definition: PackageDefinition, work: Work): Promise<LockedPackage[]> {
  const lists = definition.base.map(async (dir) => {
    const base = await readBuildYml(dir);
    return [...(await packagesBelow(base, work)), ...(await lockedPackages(base, work))];
  });
  return (await Promise.all(lists)).flat();
}

function baseFolders({ source, base }: PackageDefinition, libs: string): string[] {
  return [...new Set([...(source.kind === 'service' ? [libs] : []), ...base])];
}

function inputPaths(
  definition: PackageDefinition,
  files: readonly string[],
  bundle: ProgramBundle | undefined,
  external: ExternalPlan | undefined,
): string[] {
  const { dir, source } = definition;
  const paths = [
    join(dir, 'build.yml'),
    ...files,
    ...sourceInputs(recipes[source.kind]),
    ...(external?.inputs ?? []),
  ];
  if (source.kind === 'debian' || source.kind === 'source') paths.push(join(dir, debianLockFile));
  // esbuild finds dependencies among what npm has installed.
  const npm = [dir, kitRoot].flatMap((folder) =>
    ['package.json', 'package-lock.json'].map((name) => join(folder, name)),
  );
  if (bundle)
    paths.push(
      ...bundle.inputs,
      ...sourceInputs([...bundlerSources, ...nodeSources]),
      ...npm,
      ...Object.values(nodeRuntimeInputs),
    );
  return paths;
}

function refuseArch({ arches, dir }: PackageDefinition, { arch }: Work): void {
  if (arches.includes(arch)) return;
  throw new KitError(
    `Cannot build package "${shownPath(dir)}" for ${arch}: its arches are ${arches.join(', ')}`,
  );
}

/** Rejects cycles of bases, whose packages would wait for each other forever. */
async function refuseCircles({ dir, base }: PackageDefinition, above: readonly string[]): Promise<void> {
  const chain = [...above, dir];
  if (above.includes(dir)) {
    const names = chain.slice(above.indexOf(dir)).map((folder) => `"${shownPath(folder)}"`);
    throw new KitError(
      `Cannot build package "${shownPath(dir)}": its bases form a circle: ${names.join(', ')}`,
    );
  }
  for (const below of base) await refuseCircles(await readBuildYml(below), chain);
}

function emptyPackage(dir: string): KitError {
  return new KitError(`Cannot build package "${shownPath(dir)}": there is nothing in it`, {
    hint: 'build.yml needs a "service", "debian" or "source", or a files/ folder beside it',
  });
}
