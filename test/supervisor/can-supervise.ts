import { spawnSync } from 'node:child_process';
import { isRoot, needs, needsRoot } from '../support/needs.ts';

const mountCgroups = ['-m', 'sh', '-c', 'mount -t cgroup2 none /sys/fs/cgroup'];

/** Requirements of tests with a real containerd. */
export const canSupervise = isRoot
  ? needs('a cgroup2 that can be mounted', spawnSync('unshare', mountCgroups).status === 0)
  : needsRoot('containerd and cgroups');
