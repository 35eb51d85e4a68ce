import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cgroupRoot } from '../../../lib/linux/process/cgroup.ts';

/**
 * What the kernel counts for a service (Documentation/admin-guide/cgroup-v2.rst). 0 where nothing counts, as on a
 * kernel without the controller; a limit is null when there is none.
 */
export interface CgroupFacts {
  /** Bytes. */
  readonly memory: number;
  readonly memoryLimit: number | null;
  /** Processes that the kernel killed because the group reached its limit, or the machine its end. */
  readonly oomKills: number;
  /** Microseconds of processor time. */
  readonly cpuUsec: number;
  readonly processes: number;
  readonly processLimit: number | null;
  /** Forks that the limit refused. */
  readonly forksRefused: number;
}

/** `path`: of the group below the root, `/svc/web`; undefined when it is not known. */
export function readCgroup(path: string | undefined, root: string = cgroupRoot): CgroupFacts {
  const text = (file: string) => (path?.startsWith('/') ? textOf(join(root, path, file)) : '');
  const number = (file: string) => Number(text(file)) || 0;
  return {
    memory: number('memory.current'),
    memoryLimit: limit(text('memory.max')),
    oomKills: keyed(text('memory.events'), 'oom_kill'),
    cpuUsec: path?.startsWith('/') ? cpuUsecOf(path, root) : 0,
    processes: number('pids.current'),
    processLimit: limit(text('pids.max')),
    forksRefused: keyed(text('pids.events'), 'max'),
  };
}

/** Processor time of a group and all below it, which every kernel counts; of `/`: of the machine, or the container it is. */
export function cpuUsecOf(path: string, root: string = cgroupRoot): number {
  return keyed(textOf(join(root, path, 'cpu.stat')), 'usage_usec');
}

/** The path in the v2 hierarchy that a process is in: the line `0::/path` of cgroups(7). */
export function cgroupOf(pid: number): string | undefined {
  return /^0::(.*)$/m.exec(textOf(`/proc/${pid}/cgroup`))?.[1];
}

/** A file of the kernel's; empty when the process or group has just ended, or this kernel does not count. */
export function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** `max` or bytes. */
function limit(text: string): number | null {
  return /^\d+\s*$/.test(text) ? Number(text) : null;
}

/** A "flat keyed" file: `oom 0\noom_kill 2\n`. */
function keyed(text: string, key: string): number {
  return Number(new RegExp(`^${key} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
}
