import { isObject } from '../../lib/json/is-object.ts';
import { compareVersions } from '../debian/version.ts';
import type { InventoryItem } from '../inventory/item.ts';
import { purlType } from '../inventory/purl.ts';
import type { Advisories, CveFinding, Severity } from './finding.ts';
import { type Json, textOf } from './json.ts';

/**
 * The JSON of Debian's security tracker (security-tracker.debian.org/tracker/data/json):
 *
 *   {<source package>: {<CVE>: {"releases": {"trixie": {"status": "open" | "resolved" | "undetermined",
 *     "fixed_version": "1.2-3", "urgency": "low"}}}}}
 *
 * A fixed version of 0 means that the release never had it.
 */
export function trackerAdvisories(root: Json): Advisories {
  const count = Object.values(root).reduce<number>(
    (sum, one) => sum + (isObject(one) ? Object.keys(one).length : 0),
    0,
  );
  const covers = ({ purl, release }: InventoryItem): boolean =>
    purlType(purl) === 'deb' && release !== undefined;
  const findings = (item: InventoryItem): CveFinding[] => {
    if (!covers(item)) return [];
    const source = item.source ?? { name: item.name, version: item.version };
    const known = Object.hasOwn(root, source.name) ? root[source.name] : undefined;
    if (!isObject(known)) return [];
    return Object.entries(known).flatMap(([id, entry]) => {
      const releases = isObject(entry) && isObject(entry.releases) ? entry.releases : {};
      const release = releaseNamed(releases, item.release ?? '');
      if (!release || !isAffected(release, source.version)) return [];
      const fixed = textOf(release.fixed_version) || null;
      const severity = severityOf(textOf(release.urgency));
      return [{ id, package: item.name, version: item.version, source: source.name, fixed, severity }];
    });
  };
  return { count, covers, findings };
}

/** Debian's names by number, since os-release and package URLs have either. */
const numbers: Readonly<Record<string, string>> = {
  11: 'bullseye',
  12: 'bookworm',
  13: 'trixie',
  14: 'forky',
};

function releaseNamed(releases: Json, name: string): Json | undefined {
  const found = releases[numbers[name] ?? name];
  return isObject(found) ? found : undefined;
}

function isAffected(release: Json, version: string): boolean {
  const fixed = textOf(release.fixed_version);
  if (release.status === 'resolved')
    return fixed !== '' && fixed !== '0' && compareVersions(version, fixed) < 0;
  return release.status === 'open';
}

/** "end-of-life" and "not yet assigned" say nothing. */
function severityOf(urgency: string): Severity {
  const word = urgency.replace(/\*+$/, '');
  if (word === 'unimportant') return 'negligible';
  return word === 'low' || word === 'medium' || word === 'high' ? word : 'unknown';
}
