import { readTextOrEmpty } from './cgroup.ts';

/** MemTotal and MemAvailable of /proc/meminfo (proc_meminfo(5)), in bytes. */
export function readMeminfo(): { total: number; available: number } {
  const text = readTextOrEmpty('/proc/meminfo');
  const bytes = (key: string) => Number(new RegExp(`^${key}: +(\\d+) kB$`, 'm').exec(text)?.[1] ?? 0) * 1024;
  return { total: bytes('MemTotal'), available: bytes('MemAvailable') };
}
