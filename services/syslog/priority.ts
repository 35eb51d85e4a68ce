import { auditSource } from '../../lib/log/audit.ts';

/** RFC 5424, table 1; 12 to 15 have no common names. */
const names = [
  'kern',
  'user',
  'mail',
  'daemon',
  'auth',
  'syslog',
  'lpr',
  'news',
  'uucp',
  'cron',
  'authpriv',
  'ftp',
];

/** Facilities by name: `daemon`, `local0`, … */
export const facilities: ReadonlyMap<string, number> = new Map([
  ...names.map((name, number) => [name, number] as const),
  ...Array.from({ length: 8 }, (_, number) => [`local${number}`, 16 + number] as const),
]);

/** RFC 5424, table 2: severities of kernel log levels and of a program's streams. */
const severities: ReadonlyMap<string, number> = new Map([
  ...['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'].map(
    (name, n) => [name, n] as const,
  ),
  ['stdout', 6],
  ['stderr', 3],
  ['kit', 5],
]);

/**
 * PRI of a line. Kernel lines always have facility 0, which is reserved for them, and the audit trail has
 * authpriv, as receivers keep that apart and private.
 */
export function priority(source: string, stream: string, facility: number): number {
  return (facilityOf.get(source) ?? facility) * 8 + (severities.get(stream) ?? 6);
}

/** By source; no container can have these names. */
const facilityOf: ReadonlyMap<string, number> = new Map([
  ['kernel', names.indexOf('kern')],
  [auditSource, names.indexOf('authpriv')],
]);
