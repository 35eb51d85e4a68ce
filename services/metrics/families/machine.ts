import { hostname, machine, release, type, version } from 'node:os';
import { type Family, single } from '../family.ts';

/**
 * What uname(2) and the clock say: dashboards list machines by `node_uname_info`.
 * @param nowMs since the epoch @param domain the text of /proc/sys/kernel/domainname
 */
export function machineFamilies(nowMs: number, domain: string): readonly Family[] {
  const labels = {
    ...{ sysname: type(), release: release(), version: version(), machine: machine() },
    ...{ nodename: hostname(), domainname: domain.trim() || '(none)' },
  };
  const help = '1, with what uname(2) says of the machine';
  return [
    { name: 'node_uname_info', type: 'gauge', help, samples: [{ labels, value: 1 }] },
    ...single(
      'node_time_seconds',
      'gauge',
      'The time of the machine, in seconds since the epoch',
      nowMs / 1000,
    ),
  ];
}
