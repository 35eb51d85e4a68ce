import { KitError } from '../../../lib/errors/errors.ts';
import type { Work } from '../../work.ts';
import type { DebianSource, LockedPackage } from '../source.ts';
import { compareVersions } from '../version.ts';
import { checkDsc } from './dsc.ts';
import { publishedSources } from './published-sources.ts';

/**
 * The files of a source package in the newest version of its suites. The signature of its .dsc is checked.
 * @throws KitError for an unknown package, and for one that no developer of Debian has signed
 */
export async function newestSource(
  name: string,
  source: Pick<DebianSource, 'suite' | 'components'>,
  work: Work,
): Promise<LockedPackage[]> {
  const all = await publishedSources(name, source, work);
  const newest = all.toSorted((a, b) => compareVersions(b.version, a.version))[0];
  if (!newest) throw new KitError(`Cannot find source package "${name}" in Debian ${source.suite}`);
  await checkDsc(newest, work);
  return [...newest.files];
}
