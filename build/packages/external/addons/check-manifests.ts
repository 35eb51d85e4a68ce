import { rmSync } from 'node:fs';
import { satisfies, validRange } from 'semver';
import { KitError } from '../../../../lib/errors/errors.ts';
import { worksOn } from '../lock/platform.ts';
import type { Note } from './check-addons.ts';
import type { Guest } from './guest.ts';
import { manifestPlatforms, nodeRange, type StagedPackage } from './staged-package.ts';

/**
 * Refuses packages whose package.json excludes the machine: its Node (`engines`) or its platform, which
 * Yarn's lock file does not state. Optional ones are removed.
 * @param ignored names of packages whose `engines` do not count @returns the packages that stay
 */
export function checkManifests(
  packages: readonly StagedPackage[],
  guest: Guest,
  ignored: readonly string[],
  note: Note,
): StagedPackage[] {
  return packages.filter((one) => {
    const why = refusal(one, guest, ignored);
    if (why === undefined) return true;
    if (!one.isOptional) {
      throw new KitError(`Cannot take "${one.name}" ${one.version} into an image for ${guest.arch}: ${why}`, {
        hint: worksOn(manifestPlatforms(one.manifest), guest.arch)
          ? `another version may fit; "ignoreEngines: [${one.name}]" in build.yml takes it all the same`
          : undefined,
      });
    }
    rmSync(one.folder, { recursive: true, force: true });
    if (worksOn(manifestPlatforms(one.manifest), guest.arch)) {
      note(`Left out the optional npm package "${one.name}" ${one.version}: ${why}`);
    }
    return false;
  });
}

function refusal(
  { name, manifest }: StagedPackage,
  guest: Guest,
  ignored: readonly string[],
): string | undefined {
  const platforms = manifestPlatforms(manifest);
  if (!worksOn(platforms, guest.arch)) {
    return `it is for ${[...platforms.os, ...platforms.cpu, ...platforms.libc].join(', ')}`;
  }
  const wanted = nodeRange(manifest);
  if (wanted === undefined || ignored.includes(name) || validRange(wanted) === null) return undefined;
  if (satisfies(guest.node, wanted, { includePrerelease: true })) return undefined;
  return `it wants Node "${wanted}", and the machine has ${guest.node}`;
}
