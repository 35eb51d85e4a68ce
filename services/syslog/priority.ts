/** RFC 5424, table 1; 12 to 15 have no names that are used alike. */
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

/** RFC 5424, table 2: levels of the kernel, and what the streams of a program count as. */
const severities: ReadonlyMap<string, number> = new Map([
  ...['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'].map(
    (name, n) => [name, n] as const,
  ),
  ['stdout', 6],
  ['stderr', 3],
  ['kit', 5],
]);

/** The kernel's lines have its own facility, whatever is asked for: it means nobody else. */
export function priority(source: string, stream: string, facility: number): number {
  return (source === 'kernel' ? 0 : facility) * 8 + (severities.get(stream) ?? 6);
}
