import type { Finding } from '../finding.ts';

export type Counts = Readonly<Record<Finding['outcome'], number>>;

export function countOutcomes(findings: readonly Finding[]): Counts {
  const counts = { kept: 0, granted: 0, broken: 0, unknown: 0, untried: 0 };
  for (const { outcome } of findings) counts[outcome] += 1;
  return counts;
}

/** A promise whose attack was not carried out is not kept. @param strict what was granted counts, too */
export function isBroken(findings: readonly Finding[], strict = false): boolean {
  const { broken, unknown, granted } = countOutcomes(findings);
  return broken + unknown > 0 || (strict && granted > 0);
}
