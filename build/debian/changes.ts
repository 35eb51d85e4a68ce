import { basename, dirname } from 'node:path';
import type { Work } from '../work.ts';
import { packageLists } from './archive/package-list.ts';
import { type Published, published } from './archive/published.ts';
import { publishedSources } from './archive/published-sources.ts';
import { type DebianSource, isOfSource, type LockedPackage } from './source.ts';
import { compareVersions } from './version.ts';

/** A package of a lock file of which the suites have another version. */
export interface PackageChange {
  /** The newer one, or the one that is no longer needed. */
  readonly name: string;
  /** The source package, by which Debian's security advisories name it: `linux-signed-amd64` */
  readonly source: string;
  /** Null: it is new in this lock. */
  readonly from: string | null;
  /** Null: it is no longer needed. */
  readonly to: string | null;
  /** The suite of the new version: `trixie-security`. */
  readonly suite: string | null;
  /** The security suite has a version above the locked one. */
  readonly security: boolean;
}

/**
 * What a renewed lock changes, by name. A package whose name has its version in it, such as a kernel's, is
 * one change together with the package of the same source that it replaces.
 */
export async function packageChanges(
  before: readonly LockedPackage[],
  after: readonly LockedPackage[],
  source: DebianSource,
  work: Work,
): Promise<PackageChange[]> {
  const old = new Map(before.map((one) => [one.name, one]));
  const now = new Map(after.map((one) => [one.name, one]));
  const gone = before.filter(({ name }) => !now.has(name));
  // A source package is one change, whatever number of files it has.
  const pairs = [...now.values()].map((one) => ({
    to: one,
    from: old.get(one.name) ?? replaced(one, gone, after, old),
  }));
  const changed = pairs.filter(({ from, to }) => from?.version !== to.version);
  const origins = await originsOf(changed, source, work);
  const taken = new Set(pairs.map(({ from }) => from?.name));
  const dropped = gone.filter(({ name }) => !taken.has(name)).map(unneeded);
  const rows = changed.map(({ from, to }) => ({
    ...{ name: to.name, source: sourceName(to), from: from?.version ?? null, to: to.version },
    ...(origins.get(to.name) ?? { suite: null, security: false }),
  }));
  return [...rows, ...dropped].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The only package of this source that is gone, if this is the only one of it that is new. */
function replaced(
  one: LockedPackage,
  gone: readonly LockedPackage[],
  after: readonly LockedPackage[],
  old: ReadonlyMap<string, LockedPackage>,
): LockedPackage | undefined {
  const ofSource = (other: LockedPackage): boolean => sourceName(other) === sourceName(one);
  const [candidates, added] = [
    gone.filter(ofSource),
    after.filter(({ name }) => !old.has(name)).filter(ofSource),
  ];
  return candidates.length === 1 && added.length === 1 ? candidates[0] : undefined;
}

const unneeded = (one: LockedPackage): PackageChange => ({
  ...{ name: one.name, source: sourceName(one), from: one.version, to: null, suite: null, security: false },
});

/** Debian's pool has a folder for each source package: `pool/main/l/linux-signed-amd64/…` */
const sourceName = ({ filename }: LockedPackage): string => basename(dirname(filename));

interface Change {
  readonly from: LockedPackage | undefined;
  readonly to: LockedPackage;
}

type Origin = Pick<PackageChange, 'suite' | 'security'>;

/** By name: the suite that the new version is from, and whether it brings security fixes. */
async function originsOf(
  changed: readonly Change[],
  source: DebianSource,
  work: Work,
): Promise<Map<string, Origin>> {
  if (changed.length === 0) return new Map();
  const lists = await packageLists(source, work.arch, work);
  const names = new Set(changed.map(({ to }) => to.name));
  const byName = Map.groupBy(await Array.fromAsync(published(names, lists)), ({ found }) => found.name);
  return new Map(
    await Promise.all(
      changed.map(async (change): Promise<[string, Origin]> => {
        const { name } = change.to;
        const all = isOfSource(change.to) ? await versionsOf(name, source, work) : (byName.get(name) ?? []);
        return [name, originOf(change, all)];
      }),
    ),
  );
}

/** Of a source package. */
async function versionsOf(name: string, source: DebianSource, work: Work): Promise<Published[]> {
  const all = await publishedSources(name.replace(/^src:/, ''), source, work);
  return all.flatMap(({ files, suite }) => files.map((found) => ({ found, suite })));
}

function originOf({ from, to }: Change, all: readonly Published[]): Origin {
  const isFix = ({ found, suite }: Published): boolean =>
    suite.archive === 'security' && (!from || compareVersions(found.version, from.version) > 0);
  const own = all.find(({ found }) => found.sha256 === to.sha256 && found.suite === to.suite);
  return { suite: own?.suite.name ?? null, security: all.some(isFix) };
}
