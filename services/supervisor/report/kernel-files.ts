import { join } from 'node:path';
import { cgroupRoot } from '../../../lib/linux/process/cgroup.ts';
import { readTextOrEmpty } from '../usage/cgroup.ts';

/** Files below /proc that hold kernel statistics and no user data. */
export const kernelFiles: readonly string[] = [
  ...['version', 'uptime', 'loadavg', 'meminfo', 'cpuinfo', 'vmstat', 'stat', 'modules', 'partitions'],
  ...['diskstats', 'swaps', 'interrupts', 'filesystems', 'pressure/cpu', 'pressure/memory', 'pressure/io'],
  ...['net/dev', 'net/route', 'net/ipv6_route', 'net/if_inet6', 'net/sockstat', 'net/snmp'],
  ...['sys/kernel/tainted', 'sys/kernel/boot_id'],
];

const cgroupFiles: readonly string[] = [
  ...['memory.current', 'memory.max', 'memory.peak', 'memory.events', 'memory.stat', 'memory.swap.current'],
  ...['cpu.stat', 'cpu.max', 'cpu.pressure', 'memory.pressure', 'io.pressure', 'io.stat'],
  ...['pids.current', 'pids.max', 'pids.events', 'cgroup.events', 'cgroup.controllers'],
];

/** The statistics of a cgroup. `path`: below the root of the hierarchy, `/svc/web`. */
export function cgroupText(path: string): string {
  return cgroupFiles.map((file) => `${file}:\n${readTextOrEmpty(join(cgroupRoot, path, file))}`).join('\n');
}
