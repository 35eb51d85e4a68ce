import { availableParallelism, hostname, release } from 'node:os';
import type { Service as ServiceMessage, StatusReply } from '../../../lib/control/generated/control.ts';
import { bootId, uptimeMs } from '../../../lib/linux/system/host.ts';
import type { Driver } from '../service/driver.ts';
import { isCrashLoop, protocolState, type ServiceState } from '../state/state.ts';
import { readCpuUsec } from '../usage/cgroup.ts';
import { readMeminfo } from '../usage/meminfo.ts';
import { reportedTasks } from './reported-tasks.ts';
import { reportedUsage } from './service-usage.ts';

/** Status of control.proto without `filesystems`. @param reports the folder of PID 1's task reports */
export function readStatus(driver: Driver, reports: string): Omit<StatusReply, 'filesystems'> {
  const { total, available } = readMeminfo();
  const services = [...driver.state.services].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    hostname: hostname(),
    kernelRelease: release(),
    bootId: bootId(),
    uptimeS: uptimeMs() / 1000,
    cpuUsec: BigInt(readCpuUsec('/')),
    cpus: availableParallelism(),
    booting: driver.state.stage === 'adopting',
    memoryTotal: BigInt(total),
    memoryAvailable: BigInt(available),
    services: [
      ...reportedTasks(reports, 'onboot'),
      ...services.map((service) => reportedService(driver, service)),
      ...reportedTasks(reports, 'onshutdown'),
    ],
  };
}

/** A service as a message of the control protocol. */
export function reportedService(driver: Driver, service: ServiceState): ServiceMessage {
  const { name, phase, restarts, pid, lastExit, health, liveness } = service;
  return {
    ...{ name, section: 'services', state: protocolState(phase), restarts, pid, lastExit },
    ...reportedUsage(driver, service),
    ageS: pid === 0 ? 0 : secondsSince(service.startedMs),
    health: health.state,
    healthAgeS: health.state === 'unknown' ? 0 : secondsSince(health.sinceMs),
    healthFalls: health.falls,
    crashLoop: isCrashLoop(service),
    livenessRestarts: liveness.count,
  };
}

const secondsSince = (ms: number): number => Math.max(0, uptimeMs() - ms) / 1000;
