/** Of proc_stat(5): seconds of each processor by what it did, and when the machine booted. */
export interface CpuTimes {
  /** `0` */
  readonly cpu: string;
  /** Seconds, by node_exporter's names of the modes. */
  readonly modes: Readonly<Record<(typeof modes)[number], number>>;
}

const modes = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'] as const;

/** USER_HZ of all architectures that kit builds for. */
const ticksPerSecond = 100;

/** More processors than that are not listed. */
const maxCpus = 256;

export function parseCpuTimes(stat: string): CpuTimes[] {
  const found: CpuTimes[] = [];
  for (const [, cpu = '', numbers = ''] of stat.matchAll(/^cpu(\d{1,5})((?: \d{1,19}){4,16})$/gm)) {
    const ticks = numbers.trim().split(' ').map(Number);
    const seconds = modes.map((mode, at) => [mode, (ticks[at] ?? 0) / ticksPerSecond] as const);
    found.push({ cpu, modes: Object.fromEntries(seconds) as CpuTimes['modes'] });
    if (found.length === maxCpus) break;
  }
  return found;
}

/** A single number of /proc/stat: `btime` is when the machine booted, in seconds since the epoch. */
export function parseStatNumber(
  stat: string,
  key: 'btime' | 'ctxt' | 'intr' | 'processes' | 'procs_running' | 'procs_blocked',
): number | undefined {
  // The first number of `intr` is the sum of all that follow.
  const text = new RegExp(`^${key} (\\d{1,19})(?: |$)`, 'm').exec(stat)?.[1];
  return text === undefined ? undefined : Number(text);
}
