import { writeFileSync } from 'node:fs';

/** Says how soon the kernel may take a process for want of memory (proc_pid_oom_score_adj(5)). One that has ended is let be. */
export function setOomScore(pid: number, score: number): void {
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, String(score));
  } catch {
    // Whoever waits for it is told.
  }
}
