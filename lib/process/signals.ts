/**
 * The signals of Linux on x86 and ARM, by number from 1 (signal(7)). Not `os.constants`, which has those of
 * the machine that builds, and no real-time signals.
 */
const names = [
  ...[
    'HUP',
    'INT',
    'QUIT',
    'ILL',
    'TRAP',
    'ABRT',
    'BUS',
    'FPE',
    'KILL',
    'USR1',
    'SEGV',
    'USR2',
    'PIPE',
    'ALRM',
  ],
  ...[
    'TERM',
    'STKFLT',
    'CHLD',
    'CONT',
    'STOP',
    'TSTP',
    'TTIN',
    'TTOU',
    'URG',
    'XCPU',
    'XFSZ',
    'VTALRM',
    'PROF',
  ],
  ...['WINCH', 'IO', 'PWR', 'SYS'],
];

/** Other names of the same signals. */
const aliases: Readonly<Record<string, string>> = { IOT: 'ABRT', CLD: 'CHLD', POLL: 'IO', UNUSED: 'SYS' };

/** The real-time signals as glibc, Docker and systemd count them; musl's first one is 35. */
const realTime = Array.from({ length: 31 }, (_, at) => (at === 0 ? 'RTMIN' : `RTMIN+${at}`));
const firstRealTime = 34;
const lastSignal = 64;

/** `TERM` to 15, `RTMIN+3` to 37. */
const numbers: ReadonlyMap<string, number> = new Map([
  ...names.map((name, at) => [name, at + 1] as const),
  ...realTime.map((name, at) => [name, firstRealTime + at] as const),
  ...realTime.map((name, at) => [name.replace('MIN', 'MAX').replace('+', '-'), lastSignal - at] as const),
]);

/**
 * The number of a signal in any form that other tools write: `SIGQUIT`, `quit`, `3`, `SIGRTMIN+3`, `RTMAX-1`.
 * Undefined if there is no such signal.
 */
export function signalNumber(text: string): number | undefined {
  if (/^\d{1,3}$/.test(text))
    return Number(text) >= 1 && Number(text) <= lastSignal ? Number(text) : undefined;
  const name = text.toUpperCase().replace(/^SIG/, '');
  return numbers.get(aliases[name] ?? name);
}

/** 15 to `SIGTERM`, 37 to `SIGRTMIN+3`; undefined for a number without a name. */
export function signalName(number: number): string | undefined {
  const name = names[number - 1] ?? realTime[number - firstRealTime];
  return name && `SIG${name}`;
}
