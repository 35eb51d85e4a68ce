import type { Service as Reported } from '../../../lib/control/generated/control.ts';
import type { Driver } from '../service/driver.ts';
import type { Service } from '../state/state.ts';

export type Resources = Pick<
  Reported,
  'memoryBytes' | 'memoryLimitBytes' | 'cpuUsec' | 'processes' | 'oomKills'
>;

/** Of what does not run. */
export const noResources: Resources = {
  memoryBytes: 0n,
  memoryLimitBytes: 0n,
  cpuUsec: 0n,
  processes: 0,
  oomKills: 0,
};

export function resources(driver: Driver, { name, pid }: Service): Resources {
  const counted = pid === 0 ? undefined : driver.runners.get(name)?.counted(pid);
  if (!counted) return noResources;
  return {
    memoryBytes: BigInt(counted.memory),
    memoryLimitBytes: BigInt(counted.memoryLimit ?? 0),
    cpuUsec: BigInt(counted.cpuUsec),
    processes: counted.processes,
    oomKills: counted.oomKills,
  };
}
