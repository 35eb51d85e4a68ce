import type { Arch } from '../host/arch.ts';
import { table } from '../host/table.ts';

/** Something locked of which there is a newer version. */
export interface OutdatedRow {
  /** Shown path of the lock file. */
  readonly lock: string;
  readonly kind: 'debian' | 'npm' | 'image';
  /** `runc`, `@grpc/grpc-js`, `redis:7` */
  readonly name: string;
  /** The source package of a Debian package, by which security advisories name it. */
  readonly source: string | null;
  /** Empty: all. */
  readonly arches: readonly Arch[];
  /** Null: it comes with the newer versions. */
  readonly from: string | null;
  /** Null: it goes with them. */
  readonly to: string | null;
  /** The suite of a Debian package. */
  readonly suite: string | null;
  /** Whether the newer version, or one between, is a security fix. Null: nobody here knows. */
  readonly security: boolean | null;
}

/** Rows that differ in nothing but the architecture become one. */
export function mergeArches(rows: readonly OutdatedRow[]): OutdatedRow[] {
  const keyOf = ({ arches: _, ...rest }: OutdatedRow): string => JSON.stringify(rest);
  const groups = [...Map.groupBy(rows, keyOf).values()];
  return groups.flatMap((group) =>
    group[0] ? [{ ...group[0], arches: [...new Set(group.flatMap(({ arches }) => arches))].sort() }] : [],
  );
}

/** A table for people, a lock file at a time. Security fixes come first, in red where there are colours. */
export function rowsText(rows: readonly OutdatedRow[], colour: boolean): string {
  const sorted = rows.toSorted(
    (a, b) => compare(a.lock, b.lock) || rank(a) - rank(b) || compare(a.name, b.name),
  );
  const cells = sorted.map((row) => [
    ...[row.lock, row.name, row.from ?? '(new)', row.to ?? '(not needed)', row.arches.join(','), notes(row)],
  ]);
  const lines = table([['LOCK', 'PACKAGE', 'LOCKED', 'NEWEST', 'ARCH', ''], ...cells]).split('\n');
  const isFix = (at: number): boolean => sorted[at - 1]?.security === true;
  return lines.map((line, at) => (colour && isFix(at) ? `\x1b[31m${line}\x1b[0m` : line)).join('\n');
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const rank = ({ security }: OutdatedRow): number => (security ? 0 : 1);

/** `security fix of krb5 (trixie-security)` */
function notes({ security, source, suite, name }: OutdatedRow): string {
  const of = source !== null && source !== name ? ` of ${source}` : '';
  if (security) return `security fix${of}${suite ? ` (${suite})` : ''}`;
  return [of.trim(), suite ? `(${suite})` : ''].filter(Boolean).join(' ');
}

/** `3 newer versions, 2 of them security fixes` */
export function countText(rows: readonly OutdatedRow[]): string {
  if (rows.length === 0) return 'Everything is up to date';
  const fixes = rows.filter(({ security }) => security).length;
  const versions = `${rows.length} newer ${rows.length === 1 ? 'version' : 'versions'}`;
  return fixes === 0 ? versions : `${versions}, ${fixes} of them security ${fixes === 1 ? 'fix' : 'fixes'}`;
}
