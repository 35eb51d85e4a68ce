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
import type { ContainerLaunch } from './launch.ts';

const pollMs = 20;
const removeTries = 250;

/** The cgroup of one container, `kit/<name>` in the host's cgroup v2 hierarchy. */
export class ContainerCgroup {
  /** Its cgroup.procs: a pid written to it moves that process into the cgroup. */
  readonly procsFile: string;
  readonly #mountPoint: string;
  readonly #folder: string;

  /**
   * @param scratch a folder on a tmpfs, where cgroup2 is mounted: hosts with cgroup v1 have it elsewhere or
   * not at all
   * @param owner the host's uid of the container's root
   */
  constructor(scratch: string, name: string, owner: number) {
    this.#mountPoint = join(scratch, 'cgroup');
    mkdirSync(this.#mountPoint);
    mount('cgroup2', this.#mountPoint, 'cgroup2', []);
    makeCgroup(`kit/${name}`, this.#mountPoint);
    this.#folder = join(this.#mountPoint, 'kit', name);
    this.procsFile = join(this.#folder, 'cgroup.procs');
    // Delegation (cgroup-v2.rst): the container may arrange its processes in child cgroups, but not change
    // its limits.
    const delegated = ['', 'cgroup.procs', 'cgroup.threads', 'cgroup.subtree_control'];
    for (const file of delegated) chownSync(join(this.#folder, file), owner, owner);
  }

  /** The controllers that the host uses with cgroup v2 and has enabled for this cgroup. */
  controllers(): ReadonlySet<string> {
    return new Set(readFileSync(join(this.#folder, 'cgroup.controllers'), 'utf8').split(/\s+/));
  }

  /** Sets the limits; returns a message for each that this host has no controller for. */
  limit({ memoryMiB, cpus }: ContainerLaunch): string[] {
    const limits: readonly (readonly [what: string, file: string, value: string | null])[] = [
      ['memory', 'memory.max', memoryMiB === null ? null : String(memoryMiB * 2 ** 20)],
      ['processors', 'cpu.max', cpus === null ? null : `${cpus * 100_000} 100000`],
    ];
    return limits.flatMap(([what, file, value]) => {
      if (value === null) return [];
      const path = join(this.#folder, file);
      if (!existsSync(path))
        return [`This host's cgroups do not limit ${what}: the container takes what there is`];
      writeFileSync(path, value);
      return [];
    });
  }

  /**
   * Moves a process back to this process's cgroup: a cgroup with processes in it cannot enable controllers
   * for children.
   */
  leave(pid: number): void {
    const own = /^0::(.*)$/m.exec(readFileSync('/proc/self/cgroup', 'utf8'))?.[1] ?? '/';
    writeFileSync(join(this.#mountPoint, own, 'cgroup.procs'), String(pid));
  }

  /** Removes it with its children. The last processes may take a moment to exit. */
  async remove(): Promise<void> {
    for (let tries = 0; tries < removeTries; tries += 1) {
      removeCgroups(this.#folder);
      if (!existsSync(this.#folder)) break;
      await pause(pollMs);
    }
    // The common parent stays as long as other containers run.
    removeCgroups(join(this.#mountPoint, 'kit'), false);
  }
}

function removeCgroups(folder: string, recursive = true): void {
  try {
    const children = recursive
      ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
      : [];
    for (const { name } of children) removeCgroups(join(folder, name));
    rmdirSync(folder);
  } catch {
    // It still has processes or children, or it is gone.
  }
}
