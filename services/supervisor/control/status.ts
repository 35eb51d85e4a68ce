import { availableParallelism, hostname, release } from 'node:os';
import type { Service as Reported, StatusReply } from '../../../lib/control/generated/control.ts';
import { bootId, uptimeMs } from '../../../lib/linux/system/host.ts';
import { cpuUsecOf } from '../memory/cgroup.ts';
import { machineMemory } from '../memory/machine-memory.ts';
import type { Driver } from '../service/driver.ts';
import { isCrashLoop, publicState, type Service } from '../state/state.ts';
import { reportedTasks } from './reports.ts';
import { resources } from './resources.ts';

/** The machine and everything in it: onboot, services, onshutdown. */
export function readStatus(driver: Driver, reports: string): StatusReply {
  const { total, available } = machineMemory();
  const services = [...driver.world.services].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    hostname: hostname(),
    kernelRelease: release(),
    bootId: bootId(),
    uptimeS: uptimeMs() / 1000,
    cpuUsec: BigInt(cpuUsecOf('/')),
    cpus: availableParallelism(),
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
  const { name, phase, restarts, pid, lastExit, health } = service;
  return {
    ...{ name, section: 'services', state: publicState(phase), restarts, pid, lastExit },
    ...resources(driver, service),
    ageS: pid === 0 ? 0 : secondsSince(service.startedMs),
    health: health.state,
    healthAgeS: health.state === 'unknown' ? 0 : secondsSince(health.sinceMs),
    healthFalls: health.falls,
    crashLoop: isCrashLoop(service),
  };
}

const secondsSince = (ms: number): number => Math.max(0, uptimeMs() - ms) / 1000;
