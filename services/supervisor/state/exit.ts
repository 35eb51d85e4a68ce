import { signalName } from '../../../lib/process/signals.ts';

/** The exit status of the first process of a service, and the counters of its cgroup at that time. */
export interface ProcessExit {
  /** 0…255; 128 + signal number when a signal killed it, as containerd reports it. */
  readonly status: number;
  readonly counted: LimitCounters;
}

/** Limits of a cgroup and how often they were hit. */
export interface LimitCounters {
  /** Bytes; null: no limit. */
  readonly memoryLimit: number | null;
  readonly oomKills: number;
  readonly processLimit: number | null;
  readonly forksRefused: number;
}

/** 128 + SIGKILL */
const sigkill = 137;

/** `exit status 1`, `killed by SIGKILL`, `killed by the kernel: out of memory, its limit is 64.0 MiB`. */
export function exitSentence(exit: ProcessExit | null, shimEnded = false): string {
  if (!exit) return shimEnded ? 'killed because its shim had ended' : 'ended while containerd was away';
  const { status, counted } = exit;
  if (status === sigkill && counted.oomKills > 0)
    return `killed by the kernel: out of memory${memoryLimitText(counted)}`;
  const signal = signalName(status - 128);
  const how = signal ? `killed by ${signal}` : `exit status ${status}`;
  return status === 0 ? how : `${how}${limitsText(counted)}`;
}

/** Limits that the service hit, which may be why it failed. */
function limitsText(counted: LimitCounters): string {
  const { oomKills, processLimit, forksRefused } = counted;
  const killed =
    oomKills > 0 ? [`${oomKills} killed by the kernel: out of memory${memoryLimitText(counted)}`] : [];
  const refused = forksRefused > 0 ? [`its limit of ${processLimit} processes refused ${forksRefused}`] : [];
  const all = [...killed, ...refused];
  return all.length > 0 ? ` (${all.join('; ')})` : '';
}

function memoryLimitText({ memoryLimit }: LimitCounters): string {
  return memoryLimit === null ? '' : `, its limit is ${(memoryLimit / 2 ** 20).toFixed(1)} MiB`;
}
