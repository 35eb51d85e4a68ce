import { join } from 'node:path';
import { cgroupRoot } from '../linux/process/cgroup.ts';

const mebibyte = 1 << 20;

/** Reads the text of a file; empty if there is none. */
export type ReadText = (path: string) => string;

/**
 * The memory limit of a container whose manifest sets none, in bytes: three quarters of what the machine has
 * beside files in memory, such as its root file system. A container that leaks is then killed alone, before
 * the kernel, with no memory left, chooses among all. Undefined if the amount is not known.
 * @param meminfo /proc/meminfo @param outer memory.max of the container that all runs in, `max` or empty
 */
export function defaultMemoryLimit(meminfo: string, outer: string): number | undefined {
  const bytes = (key: string): number =>
    Number(new RegExp(`^${key}: +(\\d+) kB$`, 'm').exec(meminfo)?.[1] ?? 0) * 1024;
  const [total, allowed] = [bytes('MemTotal'), /^\d+$/.test(outer.trim()) ? Number(outer) : Infinity];
  // The files in memory of a container's host are not its own.
  const free = allowed < total ? allowed : total - bytes('Shmem');
  const limit = Math.floor((free * 3) / 4 / mebibyte) * mebibyte;
  return limit > 0 ? limit : undefined;
}

/**
 * The same on this machine. Also undefined where there is no controller of memory, in a container: an OCI
 * runtime would not start what has a limit.
 */
export function machineMemoryLimit(read: ReadText): number | undefined {
  if (!read(join(cgroupRoot, 'cgroup.controllers')).split(/\s+/).includes('memory')) return undefined;
  return defaultMemoryLimit(read('/proc/meminfo'), read(join(cgroupRoot, 'memory.max')));
}
