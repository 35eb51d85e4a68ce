import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SourcePosition } from '../../../lib/errors/errors.ts';
import type { Promised, Severity } from '../../promises/promise.ts';
import { promises } from '../../promises/promises.ts';
import type { Finding } from '../finding.ts';
import type { Audit } from '../result.ts';
import { grantText } from './text.ts';

/** The report in SARIF 2.1.0 (OASIS), as code scanning services read it. @param version of kit */
export function sarifLog({ findings }: Audit, version: string, strict: boolean): object {
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'kit audit', semanticVersion: version, rules: promises.map(rule) } },
        results: findings.map((finding) => result(finding, strict)),
        columnKind: 'utf16CodeUnits',
      },
    ],
  };
}

/** GitHub's scale, which follows CVSS: from 9 critical, from 7 high, from 4 medium. */
const scores: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
};
const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const;

function rule({ id, text, severity, from }: Promised): object {
  const subject = from === 'service' ? 'A service ' : '';
  return {
    id,
    shortDescription: { text: `${subject}${text}` },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: ['security'], 'security-severity': scores[severity] },
  };
}

/** SARIF 3.27.9: what is no failure has the level "none". */
const kinds = {
  ...{ broken: 'fail', unknown: 'open', kept: 'pass', granted: 'informational', untried: 'notApplicable' },
} as const;

function result(finding: Finding, strict: boolean): object {
  const { promise, entry, outcome, detail, grants = [] } = finding;
  const kind = strict && outcome === 'granted' ? 'fail' : kinds[outcome];
  const where = entry ? `${entry.section} ${entry.name} ` : '';
  const why = [detail, ...grants.map(grantText)].filter((text) => text !== '').join('; ');
  return {
    ruleId: promise.id,
    ruleIndex: promises.indexOf(promise),
    kind,
    level: kind === 'fail' ? levels[promise.severity] : 'none',
    message: { text: `${where}${outcome}: ${promise.text}${why === '' ? '' : ` (${why})`}` },
    locations: locations(finding),
    // What a service compares two runs by: positions move.
    partialFingerprints: { 'kitAudit/v1': `${entry?.section ?? ''}/${entry?.name ?? ''}/${promise.id}` },
  };
}

/** The key that grants it, otherwise the entry; services have a name, whether they have a position or not. */
function locations({ entry, grants = [] }: Finding): object[] {
  if (!entry) return [];
  const { section, name, place } = entry;
  const logicalLocations = [{ name, fullyQualifiedName: `${section}/${name}`, kind: 'module' }];
  const places = grants.flatMap((grant) => grant.place ?? []);
  const own = place?.();
  const positions = places.length > 0 ? places : own ? [own] : [];
  if (positions.length === 0) return [{ logicalLocations }];
  return positions.map((position) => ({ physicalLocation: physical(position), logicalLocations }));
}

function physical({ file, line, column }: SourcePosition): object {
  const uri = isAbsolute(file) ? pathToFileURL(file).href : encodeURI(file);
  return { artifactLocation: { uri }, region: { startLine: line, startColumn: column } };
}
