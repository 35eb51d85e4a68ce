import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where init mounts the v2 hierarchy. */
export const cgroupRoot = '/sys/fs/cgroup';

/** Makes a cgroup and its parents, each with all the controllers it can have on for its children. */
export function makeCgroup(path: string, root: string = cgroupRoot): void {
  let folder = root;
  for (const name of path.split('/').filter(Boolean)) {
    enableControllers(folder);
    folder = join(folder, name);
    mkdirSync(folder, { recursive: true, mode: 0o755 });
  }
}

/**
 * Lets the children of a cgroup have what it has itself (cgroup.subtree_control). One by one: the kernel takes a line
 * whole or not at all, and some refuse (cpu with real-time processes about, any where processes are in the way).
 */
export function enableControllers(folder: string): void {
  for (const controller of readFileSync(join(folder, 'cgroup.controllers'), 'utf8')
    .split(/\s+/)
    .filter(Boolean)) {
    try {
      writeFileSync(join(folder, 'cgroup.subtree_control'), `+${controller}`);
    } catch {
      // The container then runs without that limit, and crun says so when one is asked for.
    }
  }
}
