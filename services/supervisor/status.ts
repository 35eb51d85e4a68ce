import { hostname, release } from 'node:os';
import type { Service as Reported, StatusReply } from '../../lib/control/generated/control.ts';
import { uptimeMs } from '../../lib/linux/host.ts';
import type { Driver } from './driver.ts';
import { machineMemory, serviceMemory } from './memory.ts';
import { reportedTasks } from './reports.ts';
import { readSpec } from './spec.ts';
import { publicState, type Service } from './state.ts';

/** The machine and everything in it: onboot, services, onshutdown. */
export function readStatus(driver: Driver, reports: string): StatusReply {
  const { total, available } = machineMemory();
  const services = [...driver.world.services].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    hostname: hostname(),
    kernelRelease: release(),
    uptimeS: uptimeMs() / 1000,
    memoryTotal: BigInt(total),
    memoryAvailable: BigInt(available),
    services: [
      ...reportedTasks(reports, 'onboot'),
      ...services.map((service) => reportedService(driver, service)),
      ...reportedTasks(reports, 'onshutdown'),
    ],
  };
}

/** One service as the control protocol shows it. */
export function reportedService(driver: Driver, service: Service): Reported {
  const { name, phase, restarts, pid, lastExit } = service;
  const memoryBytes = BigInt(serviceMemory(pid, cgroupsPath(driver, name)));
  return { name, section: 'services', state: publicState(phase), restarts, pid, lastExit, memoryBytes };
}

/** config.json is small and in memory, and is asked for only while somebody looks. */
function cgroupsPath(driver: Driver, name: string): string | undefined {
  const runner = driver.runners.get(name);
  try {
    return runner && readSpec(runner.bundle.dir).linux?.cgroupsPath;
  } catch {
    return undefined;
  }
}
