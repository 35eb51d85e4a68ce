import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cgroupRoot } from '../../../lib/linux/process/cgroup.ts';

/**
 * Counters and limits of a cgroup (Documentation/admin-guide/cgroup-v2.rst). A counter is 0 if the kernel
 * lacks the controller; a limit is null if there is none.
 */
export interface CgroupUsage {
  /** Bytes. */
  readonly memory: number;
  /** Of it: page cache that was not used lately, which the kernel gives up first. */
  readonly inactiveFile: number;
  readonly memoryLimit: number | null;
  /**
   * Processes that the kernel killed because the cgroup reached its limit, or the machine ran out of memory.
   */
  readonly oomKills: number;
  /** Microseconds of CPU time. */
  readonly cpuUsec: number;
  readonly processes: number;
  readonly processLimit: number | null;
  /** Forks that the process limit refused. */
  readonly forksRefused: number;
}

/** `path`: of the cgroup below the root of the hierarchy, `/svc/web`; undefined: not known. */
export function readCgroup(path: string | undefined, root: string = cgroupRoot): CgroupUsage {
  const text = (file: string) => (path?.startsWith('/') ? readTextOrEmpty(join(root, path, file)) : '');
  const number = (file: string) => Number(text(file)) || 0;
  return {
    memory: number('memory.current'),
    inactiveFile: parseKeyed(text('memory.stat'), 'inactive_file'),
    memoryLimit: parseLimit(text('memory.max')),
    oomKills: parseKeyed(text('memory.events'), 'oom_kill'),
    cpuUsec: path?.startsWith('/') ? readCpuUsec(path, root) : 0,
    processes: number('pids.current'),
    processLimit: parseLimit(text('pids.max')),
    forksRefused: parseKeyed(text('pids.events'), 'max'),
  };
}

/**
 * Microseconds of CPU time of a cgroup and its descendants, which every kernel counts. `/`: of the machine,
 * or of the container that it is.
 */
export function readCpuUsec(path: string, root: string = cgroupRoot): number {
  return parseKeyed(readTextOrEmpty(join(root, path, 'cpu.stat')), 'usage_usec');
}

/** The path of a process in the v2 hierarchy: the line `0::/path` of cgroups(7). */
export function cgroupPathOf(pid: number): string | undefined {
  return /^0::(.*)$/m.exec(readTextOrEmpty(`/proc/${pid}/cgroup`))?.[1];
}

/** A file of /proc or /sys; empty if the process or cgroup no longer exists, or the kernel lacks the file. */
export function readTextOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** `max` or a number. */
function parseLimit(text: string): number | null {
  return /^\d+\s*$/.test(text) ? Number(text) : null;
}

/** A "flat keyed" file: `oom 0\noom_kill 2\n`. */
function parseKeyed(text: string, key: string): number {
  return Number(new RegExp(`^${key} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
}
