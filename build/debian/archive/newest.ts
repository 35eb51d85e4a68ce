import { KitError } from '../../../lib/errors/errors.ts';
import type { Work } from '../../work.ts';
import type { DebianSource, LockedPackage } from '../source.ts';
import { compareVersions } from '../version.ts';
import { packageLists } from './package-list.ts';
import { published } from './published.ts';

/**
 * The packages that a source without dependencies names, in the newest versions of its suites. This needs no
 * apt, so that the apt of the tools can itself be found this way. @throws KitError for an unknown package
 */
export async function newestPackages(source: DebianSource, work: Work): Promise<LockedPackage[]> {
  const { suite, packages } = source;
  const lists = await packageLists(source, work.arch, work);
  const names = packages.map((name) => name.replaceAll('{{.Arch}}', work.arch));
  const newest = new Map<string, LockedPackage>();
  for await (const { found } of published(new Set(names), lists)) {
    const known = newest.get(found.name);
    if (!known || compareVersions(known.version, found.version) < 0) newest.set(found.name, found);
  }
  return names.map((name) => {
    const one = newest.get(name);
    if (!one) throw new KitError(`Cannot find package "${name}" in Debian ${suite}`);
    return one;
  });
}
