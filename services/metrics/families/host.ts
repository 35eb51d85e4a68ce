import { each, type Family, single } from '../family.ts';
import { parseCpuTimes, parseStatNumber } from '../proc/cpu.ts';
import { type DiskStats, parseDiskstats } from '../proc/diskstats.ts';
import { parseLoadavg } from '../proc/loadavg.ts';
import { parseMeminfo } from '../proc/meminfo.ts';
import { type NetDev, netColumns, parseNetDev } from '../proc/net-dev.ts';

/** Texts of files of /proc; empty if they cannot be read. */
export interface HostFiles {
  readonly stat: string;
  readonly meminfo: string;
  readonly loadavg: string;
  readonly diskstats: string;
  readonly netDev: string;
}

/** The machine as a whole, by the names of node_exporter. */
export function hostFamilies(files: HostFiles): readonly Family[] {
  const load = parseLoadavg(files.loadavg);
  return [
    ...cpuFamilies(files.stat),
    ...statRows.flatMap(([name, type, help, key]) =>
      single(name, type, help, parseStatNumber(files.stat, key)),
    ),
    ...single('node_load1', 'gauge', 'Load average of 1 minute', load?.[0]),
    ...single('node_load5', 'gauge', 'Load average of 5 minutes', load?.[1]),
    ...single('node_load15', 'gauge', 'Load average of 15 minutes', load?.[2]),
    ...memoryFamilies(files.meminfo),
    ...diskFamilies(parseDiskstats(files.diskstats)),
    ...networkFamilies(parseNetDev(files.netDev)),
  ];
}

const statRows = [
  ['node_boot_time_seconds', 'gauge', 'When the machine booted, in seconds since the epoch', 'btime'],
  ['node_context_switches_total', 'counter', 'Context switches', 'ctxt'],
  ['node_intr_total', 'counter', 'Interrupts', 'intr'],
  ['node_forks_total', 'counter', 'Processes and threads that were started', 'processes'],
  ['node_procs_running', 'gauge', 'Processes that run or could run', 'procs_running'],
  ['node_procs_blocked', 'gauge', 'Processes that wait for a device', 'procs_blocked'],
] as const;

function cpuFamilies(stat: string): readonly Family[] {
  const samples = parseCpuTimes(stat).flatMap(({ cpu, modes }) =>
    Object.entries(modes).map(([mode, value]) => ({ labels: { cpu, mode }, value })),
  );
  const help = 'Seconds that the processors spent in each mode';
  return samples.length === 0 ? [] : [{ name: 'node_cpu_seconds_total', type: 'counter', help, samples }];
}

function memoryFamilies(meminfo: string): readonly Family[] {
  return [...parseMeminfo(meminfo)].flatMap(([key, value]) =>
    single(`node_memory_${key}`, 'gauge', `${key} of /proc/meminfo`, value),
  );
}

const diskRows = [
  ['node_disk_reads_completed_total', 'counter', 'Reads completed', 'reads'],
  ['node_disk_reads_merged_total', 'counter', 'Reads joined to others', 'readsMerged'],
  ['node_disk_read_bytes_total', 'counter', 'Bytes read', 'readBytes'],
  ['node_disk_read_time_seconds_total', 'counter', 'Seconds spent by all reads', 'readSeconds'],
  ['node_disk_writes_completed_total', 'counter', 'Writes completed', 'writes'],
  ['node_disk_writes_merged_total', 'counter', 'Writes joined to others', 'writesMerged'],
  ['node_disk_written_bytes_total', 'counter', 'Bytes written', 'writtenBytes'],
  ['node_disk_write_time_seconds_total', 'counter', 'Seconds spent by all writes', 'writeSeconds'],
  ['node_disk_io_now', 'gauge', 'Requests in progress', 'inProgress'],
  ['node_disk_io_time_seconds_total', 'counter', 'Seconds in which the device was busy', 'ioSeconds'],
  [
    'node_disk_io_time_weighted_seconds_total',
    'counter',
    'Seconds in which the device was busy, times its requests',
    'weightedSeconds',
  ],
  ['node_disk_discards_completed_total', 'counter', 'Discards completed', 'discards'],
  ['node_disk_discards_merged_total', 'counter', 'Discards joined to others', 'discardsMerged'],
  ['node_disk_discarded_sectors_total', 'counter', 'Sectors discarded', 'discardedSectors'],
  ['node_disk_discard_time_seconds_total', 'counter', 'Seconds spent by all discards', 'discardSeconds'],
  ['node_disk_flush_requests_total', 'counter', 'Flushes completed', 'flushes'],
  ['node_disk_flush_requests_time_seconds_total', 'counter', 'Seconds spent by all flushes', 'flushSeconds'],
] as const;

function diskFamilies(disks: readonly DiskStats[]): readonly Family[] {
  return diskRows.flatMap(([name, type, help, key]) =>
    each(
      name,
      type,
      help,
      disks,
      ({ device }) => ({ device }),
      (disk) => disk[key],
    ),
  );
}

function networkFamilies(interfaces: readonly NetDev[]): readonly Family[] {
  return (['receive', 'transmit'] as const).flatMap((direction) =>
    netColumns[direction].flatMap((column) =>
      each(
        `node_network_${direction}_${column}_total`,
        'counter',
        `${column} of /proc/net/dev, ${direction === 'receive' ? 'received' : 'transmitted'}`,
        interfaces,
        ({ device }) => ({ device }),
        (one) => one[direction].get(column),
      ),
    ),
  );
}
