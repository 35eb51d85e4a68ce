import type { Finding } from '../finding.ts';
import type { Audit } from '../result.ts';
import { countOutcomes, isBroken } from './count.ts';

/** The report as JSON: `kit audit --json`; docs/audit.md describes it. */
export interface AuditReport {
  readonly subject: readonly string[];
  readonly form: Audit['form'];
  readonly production: boolean;
  readonly broken: boolean;
  readonly counts: ReturnType<typeof countOutcomes>;
  readonly files: Audit['files'];
  readonly findings: readonly ReportedFinding[];
}

export interface ReportedFinding {
  /** Null: the machine as a whole. */
  readonly entry: { readonly section: string; readonly name: string } | null;
  readonly promise: string;
  readonly text: string;
  readonly severity: string;
  readonly outcome: Finding['outcome'];
  readonly detail: string;
  readonly grants: NonNullable<Finding['grants']>;
}

export function auditReport({ findings, ...audit }: Audit, strict: boolean): AuditReport {
  return {
    ...audit,
    broken: isBroken(findings, strict),
    counts: countOutcomes(findings),
    findings: findings.map(reported),
  };
}

function reported({ entry, promise, outcome, detail, grants = [] }: Finding): ReportedFinding {
  const { id, text, severity } = promise;
  return {
    entry: entry ? { section: entry.section, name: entry.name } : null,
    ...{ promise: id, text, severity, outcome, detail, grants },
  };
}
