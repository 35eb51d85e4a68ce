import { textOf } from './cgroup.ts';

/** Bytes in all, and what programs could still have, from /proc/meminfo (proc_meminfo(5)). */
export function machineMemory(): { total: number; available: number } {
  const text = textOf('/proc/meminfo');
  const kibibytes = (key: string) => Number(new RegExp(`^${key}: +(\\d+) kB$`, 'm').exec(text)?.[1] ?? 0);
  return { total: kibibytes('MemTotal') * 1024, available: kibibytes('MemAvailable') * 1024 };
}
