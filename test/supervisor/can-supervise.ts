import { spawnSync } from 'node:child_process';

/** Why a supervisor cannot run against a real containerd here; empty: it can. */
export function obstacle(): string {
  if (process.getuid?.() !== 0) return ' (skipped: needs root)';
  const { status } = spawnSync('unshare', ['-m', 'sh', '-c', 'mount -t cgroup2 none /sys/fs/cgroup']);
  return status === 0 ? '' : ' (skipped: cannot mount cgroup2 in a mount namespace)';
}
