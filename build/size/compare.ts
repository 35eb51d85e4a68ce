import { type NamedSize, type SizeChange, sizeChanges } from '../image/plan/size-changes.ts';
import type { SizeReport } from './report.ts';

/** What grew, shrank, came or went. The largest growth first. */
export interface ReportChanges {
  readonly subject: string;
  readonly against: string;
  readonly bytes: number;
  readonly oldBytes: number;
  readonly parts: readonly SizeChange[];
  readonly files: readonly SizeChange[];
}

/** Parts are compared by title, files by path. */
export function reportChanges(report: SizeReport, old: SizeReport): ReportChanges {
  return {
    subject: report.subject,
    against: old.subject,
    bytes: report.bytes,
    oldBytes: old.bytes,
    parts: sizeChanges(partSizes(report), partSizes(old)),
    files: sizeChanges(fileSizes(report), fileSizes(old)),
  };
}

const partSizes = ({ parts }: SizeReport): NamedSize[] =>
  parts.map(({ title, bytes }) => ({ name: title, bytes }));

const fileSizes = ({ parts }: SizeReport): NamedSize[] =>
  parts.flatMap(({ files }) => files.map(({ path, bytes }) => ({ name: path, bytes })));
