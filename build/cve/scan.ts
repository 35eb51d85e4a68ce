import type { Inventory } from '../inventory/item.ts';
import { type Advisories, type CveFinding, severities } from './finding.ts';

/** What a database says of an inventory. */
export interface Scan {
  readonly name: string;
  /** Components that were looked up. */
  readonly components: number;
  /** Vulnerabilities that the database knows. */
  readonly known: number;
  /** The worst first, then by package. */
  readonly findings: readonly CveFinding[];
}

export function scan({ name, items }: Inventory, advisories: Advisories): Scan {
  const all = items.flatMap((item) => advisories.findings(item));
  const distinct = [...new Map(all.map((one) => [`${one.id} ${one.package} ${one.version}`, one])).values()];
  const worse = (a: CveFinding, b: CveFinding): number =>
    severities.indexOf(b.severity) - severities.indexOf(a.severity) ||
    compareTexts(a.package, b.package) ||
    compareTexts(a.id, b.id) ||
    compareTexts(a.version, b.version);
  return { name, components: items.length, known: advisories.count, findings: distinct.sort(worse) };
}

const compareTexts = (a: string, b: string): number => Number(a > b) - Number(a < b);
