import { compare, valid } from 'semver';
import { isObject } from '../../lib/json/is-object.ts';
import { compareVersions } from '../debian/version.ts';
import type { InventoryItem } from '../inventory/item.ts';
import { purlType } from '../inventory/purl.ts';
import { baseScore } from './cvss.ts';
import type { Advisories, CveFinding, Severity } from './finding.ts';
import { type Json, listOf, textOf } from './json.ts';

/** Advisories in the format of OSV (ossf.github.io/osv-schema), of Debian and npm. */
export function osvAdvisories(records: Iterable<unknown>): Advisories {
  const byName = new Map<string, { record: Json; affected: Json }[]>();
  let count = 0;
  for (const record of records) {
    if (!isObject(record) || textOf(record.withdrawn) !== '') continue;
    count += 1;
    for (const affected of listOf(record.affected)) {
      const named = isObject(affected) && isObject(affected.package) ? affected.package : undefined;
      const key = `${textOf(named?.ecosystem)} ${textOf(named?.name)}`;
      if (named) byName.set(key, [...(byName.get(key) ?? []), { record, affected: affected as Json }]);
    }
  }
  const findings = (item: InventoryItem): CveFinding[] =>
    keysOf(item).flatMap(({ key, order, version, source }) =>
      (byName.get(key) ?? []).flatMap(({ record, affected }) => {
        const found = affectedBy(affected, version, order);
        if (!found) return [];
        const { name, version: own } = item;
        const common = { id: cveOf(record), package: name, version: own, source };
        return [{ ...common, fixed: found.fixed, severity: severityOf(record, affected) }];
      }),
    );
  const ecosystems = new Set([...byName.keys()].map(ecosystemOf));
  const covers = (item: InventoryItem): boolean =>
    keysOf(item).some(({ key }) => ecosystems.has(ecosystemOf(key)));
  return { count, covers, findings };
}

/** Of `Debian:13 glibc`. */
const ecosystemOf = (key: string): string => key.slice(0, key.indexOf(' '));

type Order = (a: string, b: string) => number;

interface Key {
  readonly key: string;
  readonly order: Order;
  readonly version: string;
  readonly source: string | null;
}

const releases: Readonly<Record<string, string>> = {
  bullseye: '11',
  bookworm: '12',
  trixie: '13',
  forky: '14',
};

function keysOf({ name, version, purl, source, release = '' }: InventoryItem): Key[] {
  const type = purlType(purl);
  // Node comes as an npm package whose name no advisory has.
  if (type === 'npm') return [{ key: `npm ${name}`, order: semverOrder, version, source: null }];
  if (type !== 'deb') return [];
  const from = source ?? { name, version };
  const ecosystem = `Debian:${releases[release] ?? release}`;
  return [
    { key: `${ecosystem} ${from.name}`, order: compareVersions, version: from.version, source: from.name },
  ];
}

/** What is no version of npm is never affected. */
const semverOrder: Order = (a, b) => (valid(a) && valid(b) ? compare(a, b) : Number.NaN);

/**
 * Whether a version is affected (osv-schema, "Evaluation"): it is listed, or it lies behind an `introduced`
 * with no `fixed` or `last_affected` between.
 */
function affectedBy(
  affected: Json,
  version: string,
  order: Order,
): { readonly fixed: string | null } | undefined {
  const events = listOf(affected.ranges)
    .filter((range) => isObject(range) && (range.type === 'ECOSYSTEM' || range.type === 'SEMVER'))
    .map((range) => listOf((range as Json).events).filter(isObject));
  for (const range of events) {
    const found = inRange(range, version, order);
    if (found) return found;
  }
  return listOf(affected.versions).includes(version) ? { fixed: null } : undefined;
}

function inRange(
  events: readonly Json[],
  version: string,
  order: Order,
): { readonly fixed: string | null } | undefined {
  const isBehind = (at: string): boolean => at === '0' || order(version, at) >= 0;
  const starts = events.map(({ introduced }) => textOf(introduced)).filter((at) => at !== '' && isBehind(at));
  const ends = events.map(({ fixed }) => textOf(fixed)).filter((at) => at !== '');
  const lasts = events.map(({ last_affected: last }) => textOf(last)).filter((at) => at !== '');
  // The newest start that is not newer than the version, and the first end behind that start.
  const start = starts.toSorted((a, b) => (a === '0' ? -1 : b === '0' ? 1 : order(a, b))).at(-1);
  if (start === undefined) return undefined;
  const isAfter = (at: string): boolean => start === '0' || order(at, start) > 0;
  const end = ends.filter(isAfter).toSorted(order)[0];
  if (end !== undefined) return order(version, end) < 0 ? { fixed: end } : undefined;
  const last = lasts.filter((at) => start === '0' || order(at, start) >= 0).toSorted(order)[0];
  return last === undefined || order(version, last) <= 0 ? { fixed: null } : undefined;
}

/** The name that others know it by. */
function cveOf(record: Json): string {
  const id = textOf(record.id);
  const names = [...listOf(record.upstream), ...listOf(record.aliases), id].map(textOf);
  return /^CVE-/.test(id) ? id : (names.find((name) => /^CVE-\d{4}-\d+$/.test(name)) ?? id);
}

function severityOf(record: Json, affected: Json): Severity {
  const specific = isObject(affected.ecosystem_specific) ? textOf(affected.ecosystem_specific.urgency) : '';
  const database = isObject(record.database_specific) ? textOf(record.database_specific.severity) : '';
  const word = (specific || database).toLowerCase();
  if (word === 'moderate') return 'medium';
  if (word === 'unimportant') return 'negligible';
  if (word === 'low' || word === 'medium' || word === 'high' || word === 'critical') return word;
  const scores = [...listOf(affected.severity), ...listOf(record.severity)].filter(isObject);
  const score = scores.map(({ score: vector }) => baseScore(textOf(vector))).find((one) => one !== undefined);
  if (score === undefined) return 'unknown';
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  return score >= 4 ? 'medium' : score > 0 ? 'low' : 'negligible';
}
