import { readFileSync } from 'node:fs';
import type { Spec } from './spec.ts';

/** Hard limits of this process by their names in OCI runtime specs; those without a limit are absent. */
export type HardLimits = ReadonlyMap<string, bigint>;

/** The lines of proc_pid_limits(5). */
const lines: Readonly<Record<string, string>> = {
  'Max cpu time': 'RLIMIT_CPU',
  'Max file size': 'RLIMIT_FSIZE',
  'Max data size': 'RLIMIT_DATA',
  'Max stack size': 'RLIMIT_STACK',
  'Max core file size': 'RLIMIT_CORE',
  'Max resident set': 'RLIMIT_RSS',
  'Max processes': 'RLIMIT_NPROC',
  'Max open files': 'RLIMIT_NOFILE',
  'Max locked memory': 'RLIMIT_MEMLOCK',
  'Max address space': 'RLIMIT_AS',
  'Max file locks': 'RLIMIT_LOCKS',
  'Max pending signals': 'RLIMIT_SIGPENDING',
  'Max msgqueue size': 'RLIMIT_MSGQUEUE',
  'Max nice priority': 'RLIMIT_NICE',
  'Max realtime priority': 'RLIMIT_RTPRIO',
  'Max realtime timeout': 'RLIMIT_RTTIME',
};

/** Nobody in a container may raise these: its root has no privileges on the host. */
export function ownHardLimits(text = readFileSync('/proc/self/limits', 'utf8')): HardLimits {
  const rows = text.split('\n').flatMap((line): [string, bigint][] => {
    const [, name = '', hard = ''] = /^(Max [a-z ]+?) {2,}\S+ +(\d+) /.exec(line) ?? [];
    const type = lines[name];
    return type ? [[type, BigInt(hard)]] : [];
  });
  return new Map(rows);
}

/** The spec with no limit above those, and what was lowered. */
export function withPossibleRlimits(
  spec: Spec,
  hardest: HardLimits,
): { readonly spec: Spec; readonly notes: readonly string[] } {
  const { rlimits = [] } = spec.process ?? {};
  const notes: string[] = [];
  const lowered = rlimits.map((one) => {
    const most = hardest.get(one.type);
    if (most === undefined || one.hard <= most) return one;
    notes.push(`with at most ${most} of ${one.type}: the container may have no more`);
    return { ...one, hard: most, soft: one.soft > most ? most : one.soft };
  });
  if (notes.length === 0) return { spec, notes };
  return { spec: { ...spec, process: { ...spec.process, rlimits: lowered } }, notes };
}
