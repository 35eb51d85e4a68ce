import { sizeText } from '../../host/table.ts';
import type { SizedFile, SizedPart, SizeReport } from '../report.ts';

export interface TextOptions {
  /** How many files the list of the largest has. */
  readonly top: number;
}

/** Parts with the files that make them up, then the largest files of all. */
export function sizeReportText(report: SizeReport, { top }: TextOptions): string {
  const { subject, bytes, unpackedBytes, parts } = report;
  const row = rowOf(bytes);
  const head = `${'STORED'.padStart(9)}${'SHARE'.padStart(8)}${'UNPACKED'.padStart(10)}`;
  const packages = packageSizes(parts);
  const files = largestOf(parts, top);
  return [
    head,
    row(bytes, unpackedBytes, subject),
    ...parts.flatMap((part, at) => partLines(part, at === parts.length - 1, bytes, row)),
    ...(packages.length > 1
      ? ['', 'By package:', ...packages.map((one) => row(one.bytes, one.unpackedBytes, one.name))]
      : []),
    ...(files.length > 0
      ? ['', 'The largest files:', ...files.map((file) => row(file.bytes, file.unpackedBytes, file.path))]
      : []),
    '',
  ].join('\n');
}

type Row = (bytes: number, unpacked: number, text: string) => string;

/** @param whole of which the shares are */
const rowOf =
  (whole: number): Row =>
  (bytes, unpacked, text) =>
    `${sizeText(bytes).padStart(9)}${share(bytes, whole).padStart(8)}${sizeText(unpacked).padStart(10)}  ${text}`;

const share = (bytes: number, whole: number): string =>
  `${whole > 0 ? ((bytes / whole) * 100).toFixed(1) : '0.0'}%`;

/** Files below this share of the image are summed up. */
const leastShare = 0.01;

function partLines(part: SizedPart, isLast: boolean, whole: number, row: Row): string[] {
  const { title, users, files } = part;
  const usedBy = users.length > 0 ? ` (${users.join(', ')})` : '';
  const [branch, below] = isLast ? ['└─ ', '   '] : ['├─ ', '│  '];
  const shown = files.filter(({ bytes }) => bytes >= whole * leastShare);
  const rest = files.slice(shown.length);
  const lines = shown.map((file) => ({ ...file, text: file.path }));
  if (rest.length > 0 && shown.length > 0) {
    const what = rest.length === 1 ? '1 smaller file' : `${rest.length} smaller files`;
    lines.push({
      path: '',
      text: what,
      bytes: sum(rest, 'bytes'),
      unpackedBytes: sum(rest, 'unpackedBytes'),
    });
  }
  return [
    row(part.bytes, part.unpackedBytes, `${branch}${title}${usedBy}`),
    ...lines.map(({ bytes, unpackedBytes, text }, at) =>
      row(bytes, unpackedBytes, `${below}${at === lines.length - 1 ? '└─' : '├─'} ${text}`),
    ),
  ];
}

const sum = (files: readonly SizedFile[], key: 'bytes' | 'unpackedBytes'): number =>
  files.reduce((total, file) => total + file[key], 0);

interface PackageSize {
  readonly name: string;
  readonly bytes: number;
  readonly unpackedBytes: number;
}

/** A layer that several packages share counts for the first of them. */
function packageSizes(parts: readonly SizedPart[]): PackageSize[] {
  const named = parts.filter((part) => part.package !== null);
  return [...Map.groupBy(named, (part) => part.package ?? '')]
    .map(([name, group]) => ({
      name,
      bytes: group.reduce((total, part) => total + part.bytes, 0),
      unpackedBytes: group.reduce((total, part) => total + part.unpackedBytes, 0),
    }))
    .toSorted((a, b) => b.bytes - a.bytes);
}

const largestOf = (parts: readonly SizedPart[], count: number): SizedFile[] =>
  parts
    .flatMap(({ files }) => files)
    .toSorted((a, b) => b.bytes - a.bytes || b.unpackedBytes - a.unpackedBytes)
    .slice(0, count);
