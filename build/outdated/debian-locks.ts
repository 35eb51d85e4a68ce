import { lockedArches, type NewerPackages, newerPackages } from '../debian/renew-lock.ts';
import type { Arch } from '../host/arch.ts';
import { shownPath } from '../packages/definition/shown-path.ts';
import type { Work } from '../work.ts';
import { mergeArches, type OutdatedRow } from './row.ts';
import type { DebianTarget } from './targets.ts';

/** The packages of a lock file of which Debian has newer versions, security fixes among them. */
export async function outdatedDebian(
  target: DebianTarget,
  arches: readonly Arch[],
  work: Work,
): Promise<OutdatedRow[]> {
  return rowsOf(await newerOf(target, arches, work));
}

/** Writes the newest versions to the lock file, and says what has changed. */
export async function renewDebian(
  target: DebianTarget,
  arches: readonly Arch[],
  work: Work,
): Promise<OutdatedRow[]> {
  const newer = await newerOf(target, arches, work);
  for (const one of newer) await one.write();
  return rowsOf(newer);
}

/** For these architectures, or for those that the lock has. */
async function newerOf(target: DebianTarget, arches: readonly Arch[], work: Work): Promise<NewerPackages[]> {
  const known = await lockedArches(await target.locked(work));
  const wanted = arches.length > 0 ? arches : known.length > 0 ? known : [work.arch];
  const title = `Look for newer versions of ${shownPath(target.lockFile)}`;
  return work.progress.task(title, async (note) => {
    const found: NewerPackages[] = [];
    for (const arch of wanted) {
      note(arch);
      const here = { ...work, arch };
      found.push(await newerPackages(await target.locked(here), here));
    }
    return found;
  });
}

function rowsOf(newer: readonly NewerPackages[]): OutdatedRow[] {
  const rows = newer.flatMap(({ lockFile, arch, changes }) =>
    changes.map(
      (change): OutdatedRow => ({
        ...{ lock: shownPath(lockFile), kind: 'debian', arches: [arch] },
        ...change,
      }),
    ),
  );
  return mergeArches(rows);
}
