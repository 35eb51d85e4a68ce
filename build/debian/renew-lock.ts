import type { Arch } from '../host/arch.ts';
import type { Work } from '../work.ts';
import { type PackageChange, packageChanges } from './changes.ts';
import { emptyDebianLock, readDebianLock, writeDebianLock } from './lock-file.ts';
import { type LockedSource, without } from './locked-packages.ts';

/** What a lock file and the newest versions differ in, for one architecture. */
export interface NewerPackages {
  readonly lockFile: string;
  readonly arch: Arch;
  readonly changes: readonly PackageChange[];
  /** Writes the newest versions to the lock file. */
  write(): Promise<void>;
}

/** The architectures that a lock file has; none for one that is missing or of another source. */
export async function lockedArches({ lockFile, source }: LockedSource): Promise<Arch[]> {
  const lock = await readDebianLock(lockFile, source);
  return Object.keys(lock?.packages ?? {}) as Arch[];
}

/** Finds the newest versions of a source's packages and compares them with its lock. @throws KitError */
export async function newerPackages(locked: LockedSource, work: Work): Promise<NewerPackages> {
  const { source, lockFile, resolve, bases } = locked;
  const before = (await readDebianLock(lockFile, source))?.packages[work.arch] ?? [];
  const after = without(await resolve(source, work), bases);
  return {
    ...{ lockFile, arch: work.arch },
    changes: await packageChanges(before, after, source, work),
    async write() {
      // Read again: the lock may have been written for another architecture.
      const lock = (await readDebianLock(lockFile, source)) ?? emptyDebianLock(source);
      await writeDebianLock(lockFile, lock, work.arch, after);
    },
  };
}
