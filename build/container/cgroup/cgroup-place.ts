import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { mount } from '../../../lib/linux/mount/mount.ts';
import { listMounts } from '../../../lib/linux/mount/mountinfo.ts';

/** Folders of a mounted cgroup v2 hierarchy. */
export interface CgroupPlace {
  /** Where containers' cgroups are made. */
  readonly parent: string;
  /** The cgroup of this process. */
  readonly home: string;
}

/**
 * For root: the root of the hierarchy, mounted in `scratch`; hosts with cgroup v1 have it elsewhere or not at
 * all.
 */
export function wholeHierarchy(scratch: string): CgroupPlace {
  const parent = join(scratch, 'cgroup');
  mkdirSync(parent);
  mount('cgroup2', parent, 'cgroup2', []);
  return { parent, home: join(parent, ownPath()) };
}

/**
 * For an ordinary user: this process's own cgroup, if it is delegated to the user (cgroup-v2.rst,
 * "Delegation"); undefined if it is not.
 */
export function delegatedCgroup(): CgroupPlace | undefined {
  const parent = ownFolder();
  if (parent === undefined || !isWritable(parent)) return undefined;
  return { parent, home: withoutProcesses(parent) };
}

/** Its path in the hierarchy: the line `0::/path` of cgroups(7). */
const ownPath = (): string => /^0::(.*)$/m.exec(readText('/proc/self/cgroup'))?.[1] ?? '/';

function ownFolder(): string | undefined {
  const mounts = listMounts().filter(({ type }) => type === 'cgroup2');
  const folders = mounts.map(({ target }) => join(target, ownPath()));
  // A mount may show only a part of the hierarchy: where it begins is not in the path.
  return folders.find((folder) => processesOf(folder).includes(process.pid));
}

function isWritable(folder: string): boolean {
  try {
    for (const file of ['', 'cgroup.procs']) accessSync(join(folder, file), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * A cgroup with processes cannot enable controllers for its children. If this process is alone in it, it
 * moves into a child; otherwise the containers in it have no controllers.
 */
function withoutProcesses(folder: string): string {
  if (processesOf(folder).some((pid) => pid !== process.pid)) return folder;
  const child = join(folder, 'launcher');
  makeFolder(child);
  writeFileSync(join(child, 'cgroup.procs'), String(process.pid));
  return child;
}

const processesOf = (folder: string): number[] =>
  readText(join(folder, 'cgroup.procs')).split('\n').filter(Boolean).map(Number);

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
