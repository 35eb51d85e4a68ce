import type { Service, StatusReply } from '../../../lib/control/generated/control.ts';

/** Current usage of a service: in `kit top --json`. */
export interface ServiceUsage {
  readonly name: string;
  readonly state: string;
  /** Of one processor, since the last sample; null: not known yet. */
  readonly cpuPercent: number | null;
  readonly memoryBytes: number;
  /** 0: no limit. */
  readonly memoryLimitBytes: number;
  readonly processes: number;
  readonly restarts: number;
  /** unknown: it has no probe, or is not ready yet. */
  readonly health: string;
  readonly ageS: number;
}

/** Current usage of a machine: a line of `kit top --json`. */
export interface MachineUsage {
  readonly name: string;
  /** Milliseconds since the epoch, by this host's clock. */
  readonly timeMs: number;
  /** Why there are no figures: it has ended or does not answer; empty otherwise. */
  readonly reason: string;
  /** Seconds since boot. */
  readonly uptimeS: number;
  /** Of one processor, so up to 100 times `cpus`; null: not known yet. */
  readonly cpuPercent: number | null;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly memoryTotalBytes: number;
  readonly services: readonly ServiceUsage[];
}

/**
 * A machine's usage between two statuses. Times are by the guest's clock, since answers take a varying time
 * to arrive. Counters of an earlier boot, or of a service's earlier run, are ignored.
 */
export function usageOf(
  name: string,
  timeMs: number,
  now: StatusReply,
  before: StatusReply | undefined,
): MachineUsage {
  const earlier = before?.bootId === now.bootId ? before : undefined;
  const elapsedUs = earlier ? (now.uptimeS - earlier.uptimeS) * 1e6 : 0;
  const share = (used: bigint): number | null =>
    elapsedUs > 0 ? Math.max(0, (100 * Number(used)) / elapsedUs) : null;
  return {
    ...{ name, timeMs, reason: '', uptimeS: now.uptimeS, cpus: now.cpus },
    cpuPercent: earlier ? share(now.cpuUsec - earlier.cpuUsec) : null,
    memoryBytes: Number(now.memoryTotal - now.memoryAvailable),
    memoryTotalBytes: Number(now.memoryTotal),
    services: now.services
      .filter(({ section }) => section === 'services')
      .map((service) => {
        const was = earlier?.services.find((one) => one.name === service.name && one.pid === service.pid);
        return serviceUsage(service, share(service.cpuUsec - (was?.cpuUsec ?? 0n)));
      }),
  };
}

function serviceUsage(service: Service, cpuPercent: number | null): ServiceUsage {
  const { name, state, memoryBytes, memoryLimitBytes, processes, restarts, health, ageS } = service;
  const memory = { memoryBytes: Number(memoryBytes), memoryLimitBytes: Number(memoryLimitBytes) };
  return { name, state, cpuPercent, ...memory, processes, restarts, health, ageS };
}

/** A machine without figures, and why. */
export function usageUnknown(name: string, timeMs: number, reason: string): MachineUsage {
  return {
    ...{ name, timeMs, reason, uptimeS: 0, cpuPercent: null, cpus: 0 },
    ...{ memoryBytes: 0, memoryTotalBytes: 0, services: [] },
  };
}
