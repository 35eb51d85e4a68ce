import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { mount } from '../../lib/linux/mount/mount.ts';
import { makeCgroup } from '../../lib/linux/process/cgroup.ts';
import type { ContainerLaunch } from '../backend/launch.ts';

const lookMs = 20;
const removeTries = 250;

/** The cgroup that a container has to itself, with everything in it: `kit/<name>` in the host's v2 hierarchy. */
export class ContainerCgroup {
  /** To write a pid to. */
  readonly door: string;
  private readonly root: string;
  private readonly folder: string;

  /** @param scratch a folder in memory: a host whose cgroups are of version 1 has mounted the others elsewhere, or not at all */
  constructor(scratch: string, name: string, owner: number) {
    this.root = join(scratch, 'cgroup');
    mkdirSync(this.root);
    mount('cgroup2', this.root, 'cgroup2', []);
    makeCgroup(`kit/${name}`, this.root);
    this.folder = join(this.root, 'kit', name);
    this.door = join(this.folder, 'cgroup.procs');
    // Delegation: its processes, and how they are divided, are the container's; its limits are not.
    const own = ['', 'cgroup.procs', 'cgroup.threads', 'cgroup.subtree_control'];
    for (const file of own) chownSync(join(this.folder, file), owner, owner);
  }

  /** Those that the host has left to version 2, and to us. */
  controllers(): ReadonlySet<string> {
    return new Set(readFileSync(join(this.folder, 'cgroup.controllers'), 'utf8').split(/\s+/));
  }

  /** Says which of the limits this host cannot keep. */
  limit({ memoryMiB, cpus }: ContainerLaunch): string[] {
    const wanted: readonly (readonly [what: string, file: string, value: string | null])[] = [
      ['memory', 'memory.max', memoryMiB === null ? null : String(memoryMiB * 2 ** 20)],
      ['processors', 'cpu.max', cpus === null ? null : `${cpus * 100_000} 100000`],
    ];
    return wanted.flatMap(([what, file, value]) => {
      if (value === null) return [];
      const path = join(this.folder, file);
      if (!existsSync(path))
        return [`This host's cgroups do not limit ${what}: the container takes what there is`];
      writeFileSync(path, value);
      return [];
    });
  }

  /** A process of ours that had to be in there goes back to where we are: groups with processes have no children. */
  leave(pid: number): void {
    const own = /^0::(.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1] ?? '/';
    writeFileSync(join(this.root, own, 'cgroup.procs'), String(pid));
  }

  /** With the groups in it. The last processes may take a moment to leave. */
  async remove(): Promise<void> {
    for (let tries = 0; tries < removeTries; tries += 1) {
      removeGroups(this.folder);
      if (!existsSync(this.folder)) break;
      await pause(lookMs);
    }
    // Others may run.
    removeGroups(join(this.root, 'kit'), false);
  }
}

function removeGroups(folder: string, deep = true): void {
  try {
    const groups = deep
      ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
      : [];
    for (const { name } of groups) removeGroups(join(folder, name));
    rmdirSync(folder);
  } catch {
    // Somebody is in there still, or it is gone.
  }
}
