import type { ResourceDescriptor } from '../describe-file.ts';
import type { AuditReport } from './json.ts';

/** in-toto attestation framework, "Statement" v1. */
export interface Statement {
  readonly _type: 'https://in-toto.dev/Statement/v1';
  readonly subject: readonly ResourceDescriptor[];
  readonly predicateType: string;
  readonly predicate: object;
}

/**
 * What was audited, and the result, as an in-toto statement: its predicate is "Test Result" v0.1, which has
 * the whole report besides. A consumer ignores keys that it does not know.
 */
export function auditStatement(report: AuditReport, subject: readonly ResourceDescriptor[]): Statement {
  const named = (...outcomes: readonly string[]): string[] =>
    report.findings
      .filter(({ outcome }) => outcomes.includes(outcome))
      .map(({ entry, promise }) => `${entry ? `${entry.section}/${entry.name}` : 'machine'}/${promise}`);
  return {
    _type: 'https://in-toto.dev/Statement/v1',
    subject,
    predicateType: 'https://in-toto.dev/attestation/test-result/v0.1',
    predicate: {
      result: report.broken ? 'FAILED' : report.counts.granted > 0 ? 'WARNED' : 'PASSED',
      configuration: [],
      passedTests: named('kept'),
      warnedTests: named('granted'),
      failedTests: named('broken', 'unknown'),
      report,
    },
  };
}
