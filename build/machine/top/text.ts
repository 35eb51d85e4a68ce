import { durationText } from '../../host/duration.ts';
import { memoryText } from '../client/services.ts';
import type { MachineUsage, ServiceUsage } from './usage.ts';

export type SortKey = 'cpu' | 'memory' | 'name';
export const sortKeys: readonly SortKey[] = ['cpu', 'memory', 'name'];

/** A line for each machine: `t1  up 3 min  cpu 12.5 % of 2  memory 312 of 977 MiB`. */
export function machineLine({ name, reason, uptimeS, cpuPercent, cpus, ...memory }: MachineUsage): string {
  if (reason !== '') return `${name}  ${reason}`;
  const { memoryBytes, memoryTotalBytes } = memory;
  const used = `memory ${mebibytes(memoryBytes)} of ${mebibytes(memoryTotalBytes)} MiB`;
  const cpu = `cpu ${percentText(cpuPercent)} of ${cpus} processor${cpus === 1 ? '' : 's'}`;
  return `${name}  up ${durationText(uptimeS)}  ${cpu}  ${used}`;
}

/** All services of all machines in one table, sorted, the heading first. */
export function usageRows(machines: readonly MachineUsage[], sort: SortKey): string[][] {
  const several = machines.length > 1;
  const services = machines.flatMap(({ name, services }) =>
    services.map((one) => ({ ...one, machine: name })),
  );
  const columns = ['SERVICE', 'CPU', 'MEMORY', 'PROCESSES', 'RESTARTS', 'HEALTH', 'STATE', 'AGE'];
  return [
    several ? ['MACHINE', ...columns] : columns,
    ...services
      .toSorted(orders[sort])
      .map((service) => [
        ...(several ? [service.machine] : []),
        service.name,
        percentText(service.cpuPercent),
        memoryText(service),
        String(service.processes),
        String(service.restarts),
        service.health === 'unknown' ? '-' : service.health,
        service.state,
        service.ageS === 0 ? '-' : durationText(service.ageS),
      ]),
  ];
}

interface Sorted extends ServiceUsage {
  readonly machine: string;
}

const byName = (a: Sorted, b: Sorted): number =>
  a.machine === b.machine ? compare(a.name, b.name) : compare(a.machine, b.machine);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Equal values are ordered by name, so that rows keep their places. */
const orders: Readonly<Record<SortKey, (a: Sorted, b: Sorted) => number>> = {
  cpu: (a, b) => (b.cpuPercent ?? 0) - (a.cpuPercent ?? 0) || byName(a, b),
  memory: (a, b) => b.memoryBytes - a.memoryBytes || byName(a, b),
  name: byName,
};

const percentText = (percent: number | null): string => (percent === null ? '-' : `${percent.toFixed(1)} %`);

const mebibytes = (bytes: number): string => (bytes / (1 << 20)).toFixed(0);
