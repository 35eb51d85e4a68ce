import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Takes from a process the protection that it has inherited (proc_pid_oom_score_adj(5)), so that the kernel, when the
 * machine's memory runs out, kills what takes it. Who has none, or is gone, stays as it is: to take more takes a right.
 */
export function unprotect(pid: number): void {
  const path = `/proc/${pid}/oom_score_adj`;
  try {
    if (Number(readFileSync(path, 'utf8')) < 0) writeFileSync(path, '0');
  } catch {
    // It has ended: whoever waits for it is told.
  }
}
