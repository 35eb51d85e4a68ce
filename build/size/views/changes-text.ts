import { sizeText } from '../../host/table.ts';
import type { SizeChange } from '../../image/plan/size-changes.ts';
import type { ReportChanges } from '../compare.ts';

/** What grew first, then what shrank: parts, and the files with the largest changes. */
export function changesText(
  { subject, against, bytes, oldBytes, parts, files }: ReportChanges,
  top: number,
): string {
  const total = `${subject}: ${sizeText(bytes)}, ${difference(bytes - oldBytes)} against ${against}`;
  if (parts.length === 0 && files.length === 0) return `${total}\nNothing differs.\n`;
  const largest = files
    .toSorted((a, b) => Math.abs(b.bytes - b.oldBytes) - Math.abs(a.bytes - a.oldBytes))
    .slice(0, top)
    .toSorted((a, b) => b.bytes - b.oldBytes - (a.bytes - a.oldBytes));
  return [
    total,
    ...(parts.length > 0 ? ['', heading('PART'), ...parts.map(line)] : []),
    ...(largest.length > 0 ? ['', heading('FILE'), ...largest.map(line)] : []),
    '',
  ].join('\n');
}

const heading = (what: string): string =>
  `${'CHANGE'.padStart(11)}${'BEFORE'.padStart(10)}${'NOW'.padStart(10)}  ${what}`;

function line({ name, bytes, oldBytes }: SizeChange): string {
  const size = (value: number): string => (value === 0 ? '-' : sizeText(value)).padStart(10);
  return `${difference(bytes - oldBytes).padStart(11)}${size(oldBytes)}${size(bytes)}  ${name}`;
}

/** `+1.2 MB`, `-30 kB`, `±0` */
export function difference(bytes: number): string {
  if (bytes === 0) return '±0';
  return `${bytes > 0 ? '+' : '-'}${sizeText(Math.abs(bytes))}`;
}
