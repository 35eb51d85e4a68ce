import { constants } from 'node:os';
import type { TaskExit } from '../../../lib/containerd/client.ts';
import type { CgroupFacts } from '../memory/cgroup.ts';

/** How a service's process ended, and what its control group counted until then. */
export interface Ended extends TaskExit {
  readonly counted: Pick<CgroupFacts, 'memoryLimit' | 'oomKills' | 'processLimit' | 'forksRefused'>;
}

const signalNames = new Map<number, string>(
  Object.entries(constants.signals).map(([name, number]) => [number, name]),
);

/** `SIGTERM` to 15; a name nobody knows is SIGTERM. */
export function signalNumber(name: string): number {
  return (
    Object.entries(constants.signals).find(([known]) => known === name)?.[1] ?? constants.signals.SIGTERM
  );
}

const sigkill = 128 + constants.signals.SIGKILL;

/**
 * `exit status 1`, `killed by SIGKILL`, `killed by the kernel: out of memory, its limit is 64.0 MiB`. containerd reports
 * a signal as 128 + its number.
 */
export function exitSentence(ended: Ended | null): string {
  if (!ended) return 'ended while containerd was away';
  const { status, counted } = ended;
  if (status === sigkill && counted.oomKills > 0)
    return `killed by the kernel: out of memory${limitText(counted)}`;
  const signal = signalNames.get(status - 128);
  return `${signal ? `killed by ${signal}` : `exit status ${status}`}${status === 0 ? '' : limitsText(counted)}`;
}

/** Limits that the service ran into, as they may be why it failed. */
function limitsText(counted: Ended['counted']): string {
  const { oomKills, processLimit, forksRefused } = counted;
  const lost = oomKills > 0 ? [`${oomKills} killed for want of memory${limitText(counted)}`] : [];
  const refused = forksRefused > 0 ? [`its limit of ${processLimit} processes refused ${forksRefused}`] : [];
  const all = [...lost, ...refused];
  return all.length > 0 ? ` (${all.join('; ')})` : '';
}

function limitText({ memoryLimit }: Ended['counted']): string {
  return memoryLimit === null ? '' : `, its limit is ${(memoryLimit / 2 ** 20).toFixed(1)} MiB`;
}
