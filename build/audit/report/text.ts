import { stripVTControlCharacters } from 'node:util';
import type { Finding, PlacedGrant } from '../finding.ts';
import type { Audit } from '../result.ts';
import { countOutcomes } from './count.ts';

export interface TextStyle {
  readonly colour: boolean;
  /** Also the promises that are kept. */
  readonly all: boolean;
}

/** The report for people: a paragraph for each entry and one for the machine, then the sum. */
export function auditText({ findings }: Audit, style: TextStyle): string {
  const groups = Map.groupBy(findings, titleOf);
  const paragraphs = [...groups].map(([title, group]) => paragraph(title, group, style));
  return `${paragraphs.join('\n')}\n${summary(findings)}`;
}

function titleOf({ entry }: Finding): string {
  return entry ? `${entry.section} ${entry.name}` : 'the machine';
}

const shown: readonly Finding['outcome'][] = ['broken', 'unknown', 'granted'];

function paragraph(title: string, findings: readonly Finding[], { colour, all }: TextStyle): string {
  const order = all ? [...shown, 'kept' as const, 'untried' as const] : shown;
  const rows = order.flatMap((outcome) => findings.filter((finding) => finding.outcome === outcome));
  const lines = rows.flatMap((finding) => findingLines(finding, colour));
  const { kept } = countOutcomes(findings);
  const rest = all || kept === 0 ? [] : [`  kept     ${kept} ${kept === 1 ? 'promise' : 'promises'}`];
  return `${[title, ...lines, ...rest].join('\n')}\n`;
}

const colours: Readonly<Record<Finding['outcome'], string>> = {
  ...{ broken: '31', unknown: '35', granted: '33', kept: '32', untried: '2' },
};

function findingLines({ promise, outcome, detail, grants = [] }: Finding, colour: boolean): string[] {
  const word = outcome.padEnd(8);
  const painted = colour ? `\x1b[${colours[outcome]}m${word}\x1b[0m` : word;
  const head = `  ${painted} ${promise.severity.padEnd(8)} ${promise.id}: ${promise.text}`;
  const why = [...(detail === '' ? [] : [detail]), ...grants.map(grantText)];
  return [head, ...why.map((line) => `             ${plain(line)}`)];
}

/** The machine that is audited wrote it. */
const plain = (text: string): string => stripVTControlCharacters(text).replace(/[\x00-\x1f\x7f-\x9f]/g, '?');

/** `granted by capabilities CAP_NET_RAW, web.yml:12:5` */
export function grantText({ field, value, by, place }: PlacedGrant): string {
  const where = place ? `${place.file}:${place.line}:${place.column}` : by;
  return `granted by ${field} ${value}, ${where}`;
}

function summary(findings: readonly Finding[]): string {
  const { broken, unknown, granted, kept, untried } = countOutcomes(findings);
  const parts = [
    `${broken} broken`,
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
    `${granted} granted`,
    `${kept} kept`,
    ...(untried > 0 ? [`${untried} not tried (--all says why)`] : []),
  ];
  return `Promises: ${parts.join(', ')}.\n`;
}
