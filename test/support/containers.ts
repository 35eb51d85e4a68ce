import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { isRoot, type Needs, needs } from './needs.ts';

const makeNamespaces = ['--user', '--map-root-user', '--mount', '--propagation', 'slave', 'true'];

/**
 * The requirement of `kit run container`: root, or user namespaces that give an ordinary user privileges in
 * them.
 */
export const needsContainers: Needs = needs(
  'root or user namespaces, for kit run container',
  isRoot || spawnSync('unshare', makeNamespaces).status === 0,
);

const userSystemd = join(process.env.XDG_RUNTIME_DIR ?? '/nonexistent', 'systemd/private');

/** The requirement of resource usage and limits in a container. */
export const needsCgroups: Needs = needs(
  "root or the user's systemd, for control groups of a container",
  isRoot || existsSync(userSystemd),
);

/** Whether this user may mount by FUSE, in a user namespace. */
export const hasFuse: boolean = isOpen('/dev/fuse');

function isOpen(file: string): boolean {
  try {
    accessSync(file, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
