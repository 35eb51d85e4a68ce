import { readFileSync } from 'node:fs';
import { inspectFolder } from '../../../lib/bundle/bundle.ts';
import { isMounted } from '../../../lib/linux/mount/mountinfo.ts';
import type { Attacks, Attempt } from '../attack.ts';

/** Larger limits are as good as none: the kernel's own for open files of a process is 2^20 (fs.nr_open). */
const manyFiles = 1 << 20;

export const limits: Attacks = {
  'process-limit': () => noLimit('pids.max'),
  'memory-limit': () => noLimit('memory.max'),
  'file-limit': () => {
    const most = limitOf('Max open files');
    return most === undefined || most >= manyFiles ? `open files: ${most ?? 'unlimited'}` : undefined;
  },
  'core-dumps': () => {
    const most = limitOf('Max core file size');
    return most === 0 ? undefined : `core file size: ${most ?? 'unlimited'}`;
  },
  'inspector-folder': () => (isMounted(inspectFolder) ? `${inspectFolder} is mounted` : undefined),
};

/** Of this container's cgroup, which is the root of its cgroup namespace. */
function noLimit(file: string): Attempt {
  let text: string;
  try {
    text = readFileSync(`/sys/fs/cgroup/${file}`, 'utf8').trim();
  } catch {
    return `${file} cannot be read`;
  }
  return text === 'max' ? `${file} is ${text}` : undefined;
}

/** The hard limit (proc_pid_limits(5)), which the process can raise its own to; undefined: unlimited. */
function limitOf(name: string): number | undefined {
  const text = readFileSync('/proc/self/limits', 'utf8');
  const hard = new RegExp(`^${name} +\\S+ +(\\S+)`, 'm').exec(text)?.[1];
  if (hard === undefined) throw new Error(`the kernel has no limit "${name}"`);
  return hard === 'unlimited' ? undefined : Number(hard);
}
