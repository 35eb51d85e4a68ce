import type { Service } from '../../../lib/control/generated/control.ts';
import { durationText } from '../../host/duration.ts';
import type { ServiceRow } from './rows.ts';

export type { ServiceRow } from './rows.ts';

export function serviceRow(service: Service): ServiceRow {
  const { memoryBytes, workingSetBytes, memoryLimitBytes, cpuUsec, ...rest } = service;
  return {
    ...rest,
    memoryBytes: Number(memoryBytes),
    workingSetBytes: Number(workingSetBytes),
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
      restartsText(service),
      service.pid === 0 ? '-' : String(service.pid),
      service.cpuS === 0 ? '-' : `${service.cpuS.toFixed(1)} s`,
      memoryText(service),
      service.lastExit,
    ]),
  ];
}

/** `3`, `3 (2 unhealthy)` */
function restartsText({ restarts, livenessRestarts }: ServiceRow): string {
  return livenessRestarts === 0 ? String(restarts) : `${restarts} (${livenessRestarts} unhealthy)`;
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
