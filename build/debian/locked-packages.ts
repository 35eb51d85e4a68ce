import { KitError } from '../../lib/errors/errors.ts';
import { isPackaged, kitRoot } from '../host/paths.ts';
import type { Work } from '../work.ts';
import { fetchDebs, GoneError } from './fetch.ts';
import { emptyDebianLock, readDebianLock, writeDebianLock } from './lock-file.ts';
import type { DebianSource, LockedPackage } from './source.ts';

/** Finds the packages of a source in the newest versions of its suite. */
export type Resolver = (source: DebianSource, work: Work) => Promise<LockedPackage[]>;

/** Debian packages with their files, in the same order. */
export interface FetchedDebs {
  readonly packages: readonly LockedPackage[];
  readonly debs: readonly string[];
}

/** A source, and its lock file. */
export interface LockedSource {
  readonly source: DebianSource;
  readonly lockFile: string;
  /** Makes and renews the lock. */
  readonly resolve: Resolver;
  /** Packages to leave out. */
  readonly bases?: readonly LockedPackage[];
}

/**
 * The packages in the lock file, without contacting a mirror. When the file is missing, lacks the
 * architecture or was made for another source, the packages are resolved and the file is written.
 * @throws KitError with `--locked`, when the file would have to be written
 */
export async function lockPackages(locked: LockedSource, work: Work): Promise<LockedPackage[]> {
  const lock = await readDebianLock(locked.lockFile, locked.source);
  const packages = lock?.packages[work.arch] ?? (await relock(locked, work));
  return without(packages, locked.bases);
}

/**
 * As `lockPackages`, with the .deb files in the same order. Versions that no archive has any more are
 * replaced by the newest of the suite: **this updates the lock file**, and a line of progress names the
 * changes.
 */
export async function fetchLockedPackages(locked: LockedSource, work: Work): Promise<FetchedDebs> {
  const packages = await lockPackages(locked, work);
  try {
    return { packages, debs: await fetchDebs(packages, work) };
  } catch (thrown) {
    if (!(thrown instanceof GoneError) || work.locked) throw thrown;
    const newest = await relock(locked, work);
    work.progress.line(
      `${changes(packages, newest)} (the mirror lacks older versions): updated ${locked.lockFile}`,
    );
    return { packages: newest, debs: await fetchDebs(newest, work) };
  }
}

async function relock(
  { source, lockFile, resolve, bases }: LockedSource,
  work: Work,
): Promise<LockedPackage[]> {
  if (work.locked) {
    throw new KitError(
      `Cannot use "${lockFile}": it does not name all packages of its source for ${work.arch}`,
      {
        hint: 'run without --locked to update it',
      },
    );
  }
  if (isPackaged && lockFile.startsWith(`${kitRoot}/`)) {
    throw new KitError(`Cannot renew "${lockFile}": it is part of the installed kit`, {
      hint: 'install a newer kit, or name an archive of old versions: kit config set debian.snapshot URL',
    });
  }
  const packages = without(await resolve(source, work), bases);
  await writeDebianLock(
    lockFile,
    (await readDebianLock(lockFile, source)) ?? emptyDebianLock(source),
    work.arch,
    packages,
  );
  return packages;
}

/** The packages that the bases do not have. */
export function without(
  packages: readonly LockedPackage[],
  bases: readonly LockedPackage[] = [],
): LockedPackage[] {
  const known = new Set(bases.map(({ name }) => name));
  return packages.filter(({ name }) => !known.has(name));
}

/** `crun 1.21-1 is now 1.21-2, libcap2 …` */
function changes(before: readonly LockedPackage[], after: readonly LockedPackage[]): string {
  const old = new Map(before.map(({ name, version }) => [name, version]));
  const now = [...new Map(after.map((one) => [one.name, one])).values()];
  const changed = now.filter(({ name, version }) => old.get(name) !== version);
  const texts = changed.map(({ name, version }) => `${name} ${old.get(name) ?? '(new)'} is now ${version}`);
  return texts.join(', ') || 'No version changed';
}
