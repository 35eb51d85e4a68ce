import type { Service } from '../../../lib/control/generated/control.ts';
import { durationText } from '../../host/duration.ts';

/** A service in `kit ps --json`. */
export interface ServiceRow {
  readonly name: string;
  readonly section: string;
  readonly state: string;
  readonly restarts: number;
  /** 0: not running. */
  readonly pid: number;
  /** `exit status 1`; empty: it has not ended yet. */
  readonly lastExit: string;
  readonly memoryBytes: number;
  /** 0: no limit. */
  readonly memoryLimitBytes: number;
  /** Processor time since it started, in seconds. */
  readonly cpuS: number;
  readonly processes: number;
  /** Seconds since it started; 0: not running. */
  readonly ageS: number;
  /** unknown: it has no probe, or is not ready yet. */
  readonly health: string;
  readonly healthAgeS: number;
  /** How often it became unhealthy. */
  readonly healthFalls: number;
  /** It failed five times in a row, or more. */
  readonly crashLoop: boolean;
  /** Processes of this run that the kernel's OOM killer ended. */
  readonly oomKills: number;
}

export function serviceRow(service: Service): ServiceRow {
  const { memoryBytes, memoryLimitBytes, cpuUsec, ...rest } = service;
  return {
    ...rest,
    memoryBytes: Number(memoryBytes),
    memoryLimitBytes: Number(memoryLimitBytes),
    cpuS: Number(cpuUsec) / 1e6,
  };
}

/** Rows of a table for users, the heading first. */
export function serviceLines(services: readonly ServiceRow[]): string[][] {
  return [
    ['SECTION', 'SERVICE', 'STATE', 'AGE', 'RESTARTS', 'PID', 'CPU', 'MEMORY', 'LAST EXIT'],
    ...services.map((service) => [
      service.section,
      service.name,
      stateText(service),
      service.ageS === 0 ? '-' : durationText(service.ageS),
      String(service.restarts),
      service.pid === 0 ? '-' : String(service.pid),
      service.cpuS === 0 ? '-' : `${service.cpuS.toFixed(1)} s`,
      memoryText(service),
      service.lastExit,
    ]),
  ];
}

/** The state, or the problem that matters more. */
function stateText({ state, crashLoop, health }: ServiceRow): string {
  if (crashLoop) return 'crash loop';
  return health === 'unhealthy' ? 'unhealthy' : state;
}

/** `13.6 MiB`, `13.6 of 64 MiB`; `-` when nothing is used. */
export function memoryText({
  memoryBytes,
  memoryLimitBytes,
}: Pick<ServiceRow, 'memoryBytes' | 'memoryLimitBytes'>): string {
  if (memoryBytes === 0) return '-';
  const used = (memoryBytes / mebibyte).toFixed(1);
  return memoryLimitBytes === 0
    ? `${used} MiB`
    : `${used} of ${(memoryLimitBytes / mebibyte).toFixed(0)} MiB`;
}

const mebibyte = 1 << 20;
