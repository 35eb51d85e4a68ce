import type { Service as ServiceMessage } from '../../../lib/control/generated/control.ts';
import type { Driver } from '../service/driver.ts';
import type { ServiceState } from '../state/state.ts';

export type ReportedUsage = Pick<
  ServiceMessage,
  'memoryBytes' | 'workingSetBytes' | 'memoryLimitBytes' | 'cpuUsec' | 'processes' | 'oomKills'
>;

/** The usage of a service that is not running. */
export const noUsage: ReportedUsage = {
  memoryBytes: 0n,
  workingSetBytes: 0n,
  memoryLimitBytes: 0n,
  cpuUsec: 0n,
  processes: 0,
  oomKills: 0,
};

/** The current resource usage of a service, as fields of the control protocol. */
export function reportedUsage(driver: Driver, { name, pid }: ServiceState): ReportedUsage {
  const usage = pid === 0 ? undefined : driver.runners.get(name)?.cgroup.usage(pid);
  if (!usage) return noUsage;
  return {
    memoryBytes: BigInt(usage.memory),
    workingSetBytes: BigInt(Math.max(0, usage.memory - usage.inactiveFile)),
    memoryLimitBytes: BigInt(usage.memoryLimit ?? 0),
    cpuUsec: BigInt(usage.cpuUsec),
    processes: usage.processes,
    oomKills: usage.oomKills,
  };
}
