import { type Family, single } from '../family.ts';
import { parseNetCounters } from '../proc/net-counters.ts';
import { parsePressure } from '../proc/pressure.ts';
import { parseFileNumbers, parseSockstat } from '../proc/sockstat.ts';
import { parseVmstat } from '../proc/vmstat.ts';

/** Texts of files of /proc; empty if they cannot be read. */
export interface KernelFiles {
  readonly vmstat: string;
  readonly pressure: Readonly<Record<'cpu' | 'memory' | 'io', string>>;
  /** sockstat and sockstat6 of /proc/net, one after the other. */
  readonly sockstat: string;
  /** snmp, snmp6 and netstat of /proc/net, one after another. */
  readonly netCounters: string;
  readonly fileNumbers: string;
}

/** Figures of the kernel, by the names of node_exporter. */
export function kernelFamilies(files: KernelFiles): readonly Family[] {
  const [allocated, maximum] = parseFileNumbers(files.fileNumbers) ?? [];
  return [
    ...pressureFamilies(files.pressure),
    ...single('node_filefd_allocated', 'gauge', 'Open files', allocated),
    ...single('node_filefd_maximum', 'gauge', 'Files that may be open', maximum),
    ...untyped('vmstat', parseVmstat(files.vmstat), '/proc/vmstat'),
    ...untyped('netstat', parseNetCounters(files.netCounters), '/proc/net'),
    ...[...parseSockstat(files.sockstat)].flatMap(([key, value]) =>
      single(`node_sockstat_${key}`, 'gauge', `${key} of /proc/net/sockstat`, value),
    ),
  ];
}

/** node_exporter gives them no type, and dashboards take rates of them all the same. */
const untyped = (group: string, values: ReadonlyMap<string, number>, source: string): readonly Family[] =>
  [...values].flatMap(([key, value]) =>
    single(`node_${group}_${key}`, 'untyped', `${key} of ${source}`, value),
  );

function pressureFamilies(files: KernelFiles['pressure']): readonly Family[] {
  return (['cpu', 'memory', 'io'] as const).flatMap((resource) => {
    const pressure = parsePressure(files[resource]);
    const family = (kind: 'waiting' | 'stalled', help: string) =>
      single(`node_pressure_${resource}_${kind}_seconds_total`, 'counter', help, pressure?.[kind]);
    return [
      ...family('waiting', `Seconds in which some process waited for ${resource}`),
      // That of processors says nothing: one of them always does something.
      ...(resource === 'cpu'
        ? []
        : family('stalled', `Seconds in which all processes waited for ${resource}`)),
    ];
  });
}
