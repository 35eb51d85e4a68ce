import type { Arch } from '../host/arch.ts';
import { shownPath } from '../packages/definition/shown-path.ts';
import type { Work } from '../work.ts';
import { outdatedDebian, renewDebian } from './debian-locks.ts';
import { outdatedImages, renewImages } from './image-locks.ts';
import { outdatedNpm, renewNpm } from './npm-locks.ts';
import type { OutdatedRow } from './row.ts';
import type { Targets } from './targets.ts';

/**
 * What is newer than these locks. Writes nothing.
 * @param arches of Debian packages; none: those that each lock has
 * @throws KitError
 */
export async function outdated(
  targets: Targets,
  arches: readonly Arch[],
  work: Work,
): Promise<OutdatedRow[]> {
  const rows: OutdatedRow[] = [];
  for (const target of targets.debian) rows.push(...(await outdatedDebian(target, arches, work)));
  for (const one of targets.npm) rows.push(...(await outdatedNpm(one, work)));
  if (targets.manifest) rows.push(...(await outdatedImages(targets.manifest, work)));
  return rows;
}

/**
 * Renews these locks, and says what has changed. Each lock file is written whole; an error leaves those that
 * were written before it. kit.lock comes last, since the packages that it names have then changed.
 */
export async function renewLocks(
  targets: Targets,
  arches: readonly Arch[],
  work: Work,
): Promise<OutdatedRow[]> {
  const rows: OutdatedRow[] = [];
  for (const target of targets.debian) {
    if (target.isKits)
      work.progress.line(`Left as it is: ${shownPath(target.lockFile)}, which a newer kit renews`);
    else rows.push(...(await renewDebian(target, arches, work)));
  }
  for (const one of targets.npm) rows.push(...(await renewNpm(one, work)));
  if (targets.manifest) rows.push(...(await renewImages(targets.manifest, arches, work)));
  return rows;
}
