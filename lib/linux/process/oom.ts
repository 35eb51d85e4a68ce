import { writeFileSync } from 'node:fs';

/** Sets oom_score_adj, by which the OOM killer chooses (proc_pid_oom_score_adj(5)). Never throws. */
export function setOomScore(pid: number, score: number): void {
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, String(score));
  } catch {
    // The process has exited.
  }
}
