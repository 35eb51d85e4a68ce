import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { type ResolvedImage, readImage } from '../cache/stored-image.ts';
import { resolveImages } from '../images/resolve.ts';
import { builderOf } from '../packages/builder.ts';
import { dockerfileError } from '../packages/definition/dockerfile.ts';
import { findPackage, suggestPackage } from '../packages/definition/find.ts';
import { shownPath } from '../packages/definition/shown-path.ts';
import { parseImageRef } from '../reference/image-ref.ts';
import type { Work } from '../work.ts';

/** A package, for `kit pkg`. */
export interface PackageLine {
  /** Its folder, relative to the current folder where that is shorter. */
  readonly package: string;
  /** `kit/sshd:3f2a…` */
  readonly name: string;
}

export interface BuiltLine extends PackageLine {
  readonly digest: string;
  /** Sum of its unpacked layers, most of which are shared with other packages. */
  readonly bytes: number;
}

export interface ListedLine extends PackageLine {
  readonly state: 'built' | 'not built' | 'broken';
  readonly bytes: number | null;
  /** The error for a broken package; else empty. */
  readonly reason: string;
}

/**
 * Builds the packages that the cache lacks. @param refs folders, or `pkg/x` of kit's checkout
 * @param isChecked whether packages from source are built a second time, to compare the bytes
 */
export async function buildPackages(
  refs: readonly string[],
  cwd: string,
  work: Work,
  isChecked = false,
): Promise<BuiltLine[]> {
  const folders = refs.map((ref) => packageFolder(ref, cwd));
  const all = folders.map((dir) => parseImageRef(dir, { folder: cwd }));
  const imageOf = await resolveImages(all, work);
  if (isChecked) {
    const { checkBuild } = await import('./check-build.ts');
    for (const dir of folders) await checkBuild(dir, work);
  }
  return all.map((ref) => {
    const image = imageOf(ref);
    return { package: shownPath(ref.text), name: image.name, digest: image.digest, bytes: bytesOf(image) };
  });
}

/** The names that the packages' images have or would get. */
export async function namePackages(refs: readonly string[], cwd: string, work: Work): Promise<PackageLine[]> {
  const builder = builderOf(work);
  const folders = refs.map((ref) => packageFolder(ref, cwd));
  return Promise.all(
    folders.map(async (dir) => ({ package: shownPath(dir), name: (await builder.id(dir)).name })),
  );
}

/** Lists packages. @param folders absolute; each is a package or contains packages */
export async function listPackages(folders: readonly string[], work: Work): Promise<ListedLine[]> {
  return Promise.all(folders.flatMap(packagesIn).map((dir) => listed(dir, work)));
}

async function listed(dir: string, work: Work): Promise<ListedLine> {
  const builder = builderOf(work);
  const line = { package: shownPath(dir), name: '', bytes: null, reason: '' };
  try {
    const { name, hash } = await builder.id(dir);
    const image = await readImage(work.cache, name, work.arch, hash);
    if (typeof image === 'string') return { ...line, name, state: 'not built' };
    return { ...line, name, state: 'built', bytes: bytesOf(image) };
  } catch (thrown) {
    // A package that does not compile must not hide the others.
    if (!(thrown instanceof Error) || !/^KitErrors?$/.test(thrown.name)) throw thrown;
    return { ...line, state: 'broken', reason: thrown.message };
  }
}

function packagesIn(folder: string): string[] {
  if (existsSync(join(folder, 'build.yml'))) return [folder];
  if (!existsSync(folder))
    throw new KitError(`Cannot list packages in "${shownPath(folder)}": no such folder`);
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .filter((dir) => existsSync(join(dir, 'build.yml')));
}

/** On the command line a plain `x` is a folder too, as the shell completes it. */
function packageFolder(ref: string, cwd: string): string {
  const dir = findPackage(ref, cwd);
  if (dir !== undefined) return dir;
  const other = dockerfileError(resolve(cwd, ref));
  if (other) throw other;
  throw new KitError(
    `Cannot find package "${ref}"${suggestPackage(ref, cwd)}: no such folder with a build.yml`,
    {
      hint: 'kit pkg ls lists the packages of kit',
    },
  );
}

const bytesOf = ({ layers }: ResolvedImage): number => layers.reduce((sum, { bytes }) => sum + bytes, 0);
