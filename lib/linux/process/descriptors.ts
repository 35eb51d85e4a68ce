import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds for which a count is used again: a burst of clients must not cost a count each. */
const keepMs = 100;

/** Returns a function that counts the open descriptors of this process, with its limit (RLIMIT_NOFILE). */
export function descriptorCounter(): () => { readonly used: number; readonly limit: number } {
  const limit = descriptorLimit();
  let used = 0;
  let countedMs = Number.NEGATIVE_INFINITY;
  return () => {
    const nowMs = performance.now();
    if (nowMs - countedMs >= keepMs) {
      // Without the one that reads the folder.
      used = readdirSync('/proc/self/fd').length - 1;
      countedMs = nowMs;
    }
    return { used, limit };
  };
}

/** The soft limit, which Node has raised to the hard one at its start; proc_pid_limits(5). */
function descriptorLimit(): number {
  const [, soft] = /^Max open files\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
  return soft === 'unlimited' || soft === undefined ? Number.POSITIVE_INFINITY : Number(soft);
}
