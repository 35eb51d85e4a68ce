import type { InventoryItem } from '../inventory/item.ts';

/** How bad an advisory says that it is, least first; `unknown` where it says nothing. */
export const severities = ['unknown', 'negligible', 'low', 'medium', 'high', 'critical'] as const;

export type Severity = (typeof severities)[number];

/** A vulnerability of a component. */
export interface CveFinding {
  /** `CVE-2026-1234`; the advisory's own id where it has none. */
  readonly id: string;
  readonly package: string;
  /** Installed. */
  readonly version: string;
  /** Source package of a Debian package, which the advisory is about; null for others. */
  readonly source: string | null;
  /** The first version without it; null where there is none yet. */
  readonly fixed: string | null;
  readonly severity: Severity;
}

/** Advisories, which say for a component what is wrong with it. */
export interface Advisories {
  /** Number of vulnerabilities that it knows. */
  readonly count: number;
  /** Whether it could know something of the component: it has such packages, of its release. */
  covers(item: InventoryItem): boolean;
  findings(item: InventoryItem): CveFinding[];
}

export const isAtLeast = (severity: Severity, least: Severity): boolean =>
  severities.indexOf(severity) >= severities.indexOf(least);
