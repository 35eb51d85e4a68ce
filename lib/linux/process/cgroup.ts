import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../files/make-folder.ts';

/** Where init mounts the v2 hierarchy. */
export const cgroupRoot = '/sys/fs/cgroup';

/** Whether cgroups can be made: not in a container whose host has given it none. */
export function canMakeCgroups(root: string = cgroupRoot): boolean {
  try {
    accessSync(root, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Makes a cgroup with its parents. Each parent has all its controllers enabled for its children. */
export function makeCgroup(path: string, root: string = cgroupRoot): void {
  let folder = root;
  for (const name of path.split('/').filter(Boolean)) {
    enableControllers(folder);
    folder = join(folder, name);
    makeFolder(folder, 0o755);
  }
}

/**
 * Enables all controllers of a cgroup for its children (cgroup.subtree_control). One by one: a single write
 * enables all or none, and some fail (cpu if there are real-time processes, any if the cgroup itself has
 * processes).
 */
export function enableControllers(folder: string): void {
  for (const controller of readFileSync(join(folder, 'cgroup.controllers'), 'utf8')
    .split(/\s+/)
    .filter(Boolean)) {
    try {
      writeFileSync(join(folder, 'cgroup.subtree_control'), `+${controller}`);
    } catch {
      // Containers then run without this controller; crun reports an error if a limit needs it.
    }
  }
}
