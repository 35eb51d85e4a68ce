import { KitError } from '../../lib/errors/errors.ts';
import type { Work } from '../work.ts';
import { fetchDebs, GoneError } from './fetch.ts';
import { emptyDebianLock, readDebianLock, writeDebianLock } from './lock-file.ts';
import { resolvePackages } from './resolve.ts';
import type { DebianSource, LockedPackage } from './source.ts';

/**
 * The packages in `lockFile`, without contacting a mirror. When the file is missing, lacks the architecture
 * or was made for another source, apt resolves the packages and the file is written. Packages in `bases` are
 * left out.
 * @throws KitError with `--locked`, when the file would have to be written
 */
export async function lockPackages(
  source: DebianSource,
  lockFile: string,
  work: Work,
  bases: readonly LockedPackage[] = [],
): Promise<LockedPackage[]> {
  const lock = await readDebianLock(lockFile, source);
  const packages = lock?.packages[work.arch] ?? (await relock(source, lockFile, work, bases));
  return without(packages, bases);
}

/**
 * As `lockPackages`, with the .deb files in the same order. Versions that the mirror no longer has are
 * replaced by the newest of the suite: **this updates the lock file**, and a line of progress names the
 * changes.
 */
export async function fetchLockedPackages(
  source: DebianSource,
  lockFile: string,
  work: Work,
  bases: readonly LockedPackage[] = [],
): Promise<{ packages: LockedPackage[]; debs: string[] }> {
  const packages = await lockPackages(source, lockFile, work, bases);
  try {
    return { packages, debs: await fetchDebs(packages, work) };
  } catch (thrown) {
    if (!(thrown instanceof GoneError) || work.locked) throw thrown;
    const newest = await relock(source, lockFile, work, bases);
    work.progress.line(`${changes(packages, newest)} (the mirror lacks older versions): updated ${lockFile}`);
    return { packages: newest, debs: await fetchDebs(newest, work) };
  }
}

async function relock(
  source: DebianSource,
  lockFile: string,
  work: Work,
  bases: readonly LockedPackage[],
): Promise<LockedPackage[]> {
  if (work.locked) {
    throw new KitError(
      `Cannot use "${lockFile}": it does not name all packages of its source for ${work.arch}`,
      {
        hint: 'run without --locked to update it',
      },
    );
  }
  const packages = without(await resolvePackages(source, work), bases);
  await writeDebianLock(
    lockFile,
    (await readDebianLock(lockFile, source)) ?? emptyDebianLock(source),
    work.arch,
    packages,
  );
  return packages;
}

function without(packages: readonly LockedPackage[], bases: readonly LockedPackage[]): LockedPackage[] {
  const known = new Set(bases.map(({ name }) => name));
  return packages.filter(({ name }) => !known.has(name));
}

/** `crun 1.21-1 is now 1.21-2, libcap2 …` */
function changes(before: readonly LockedPackage[], after: readonly LockedPackage[]): string {
  const old = new Map(before.map(({ name, version }) => [name, version]));
  const changed = after.filter(({ name, version }) => old.get(name) !== version);
  const texts = changed.map(({ name, version }) => `${name} ${old.get(name) ?? '(new)'} is now ${version}`);
  return texts.join(', ') || 'No version changed';
}
