import type { Inventory, InventoryItem } from '../inventory/item.ts';
import { purlType } from '../inventory/purl.ts';
import { type Advisories, type CveFinding, severities } from './finding.ts';

/** What a database says of an inventory. */
export interface Scan {
  readonly name: string;
  /** Components that were looked up. */
  readonly components: number;
  /** Names of those that the database has nothing to say of, whatever is wrong with them. */
  readonly skipped: readonly string[];
  /** Names of Debian packages whose source is not known, which were looked up by their own name. */
  readonly withoutSource: readonly string[];
  /** Vulnerabilities that the database knows. */
  readonly known: number;
  /** The worst first, then by package. */
  readonly findings: readonly CveFinding[];
}

export function scan({ name, items }: Inventory, advisories: Advisories): Scan {
  const { covered = [], skipped = [] } = Object.groupBy(items, (item) =>
    advisories.covers(item) ? 'covered' : 'skipped',
  );
  const all = covered.flatMap((item) => advisories.findings(item));
  const distinct = [...new Map(all.map((one) => [`${one.id} ${one.package} ${one.version}`, one])).values()];
  const worse = (a: CveFinding, b: CveFinding): number =>
    severities.indexOf(b.severity) - severities.indexOf(a.severity) ||
    compareTexts(a.package, b.package) ||
    compareTexts(a.id, b.id) ||
    compareTexts(a.version, b.version);
  return {
    name,
    components: covered.length,
    skipped: namesOf(skipped),
    withoutSource: namesOf(covered.filter(({ purl, source }) => purlType(purl) === 'deb' && !source)),
    known: advisories.count,
    findings: distinct.sort(worse),
  };
}

const namesOf = (items: readonly InventoryItem[]): string[] =>
  [...new Set(items.map(({ name }) => name))].sort();

const compareTexts = (a: string, b: string): number => Number(a > b) - Number(a < b);
