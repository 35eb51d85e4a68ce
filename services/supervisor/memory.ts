import { readFileSync } from 'node:fs';

/** Bytes that a service's cgroup uses (memory.current); 0 when it does not run, or nothing counts. */
export function serviceMemory(pid: number, cgroupsPath: string | undefined): number {
  if (pid === 0) return 0;
  const path = cgroupsPath?.startsWith('/') ? cgroupsPath : cgroupOf(pid);
  return Number(readText(`/sys/fs/cgroup${path}/memory.current`)) || 0;
}

/** Bytes in all, and what programs could still have, from /proc/meminfo (proc_meminfo(5)). */
export function machineMemory(): { total: number; available: number } {
  const text = readText('/proc/meminfo');
  const kibibytes = (key: string) => Number(new RegExp(`^${key}: +(\\d+) kB$`, 'm').exec(text)?.[1] ?? 0);
  return { total: kibibytes('MemTotal') * 1024, available: kibibytes('MemAvailable') * 1024 };
}

/** The path in the v2 hierarchy: the line `0::/path` of cgroups(7). */
function cgroupOf(pid: number): string {
  return /^0::(.*)$/m.exec(readText(`/proc/${pid}/cgroup`))?.[1] ?? '';
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The process has just ended, or this kernel does not count.
    return '';
  }
}
