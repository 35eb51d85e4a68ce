import { chownSync, existsSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeCgroup } from '../../../lib/linux/process/cgroup.ts';
import type { ContainerLaunch } from '../launch.ts';
import type { CgroupPlace } from './cgroup-place.ts';

const pollMs = 20;
const removeTries = 250;

/**
 * The cgroups of one container: `kit/<name>` has its limits, `machine` below it is the root of its hierarchy.
 */
export class ContainerCgroup {
  /** The cgroup.procs of `machine`: a pid written to it moves that process into the cgroup. */
  readonly procsFile: string;
  readonly #place: CgroupPlace;
  readonly #limited: string;
  readonly #machine: string;

  /** @param owner the uid of the container's root, as the launcher sees it */
  constructor(place: CgroupPlace, name: string, owner: number) {
    this.#place = place;
    makeCgroup(`kit/${name}/machine`, place.parent);
    this.#limited = join(place.parent, 'kit', name);
    this.#machine = join(this.#limited, 'machine');
    this.procsFile = join(this.#machine, 'cgroup.procs');
    // Delegation (cgroup-v2.rst): the container may arrange its processes in child cgroups. Its limits are
    // those of the cgroup above, which its cgroup namespace hides, even where all of them belong to one user.
    const delegated = ['', 'cgroup.procs', 'cgroup.threads', 'cgroup.subtree_control'];
    for (const file of delegated) chownSync(join(this.#machine, file), owner, owner);
  }

  /** The controllers that the host uses with cgroup v2 and has enabled for this cgroup. */
  controllers(): ReadonlySet<string> {
    return new Set(
      readFileSync(join(this.#machine, 'cgroup.controllers'), 'utf8').split(/\s+/).filter(Boolean),
    );
  }

  /** Sets a limit; false: this host has no controller for it. */
  limit(file: LimitFile, value: string): boolean {
    const path = join(this.#limited, file);
    if (!existsSync(path)) return false;
    writeFileSync(path, value);
    return true;
  }

  /**
   * Moves a process back to this process's cgroup: a cgroup with processes in it cannot enable controllers
   * for children.
   */
  leave(pid: number): void {
    writeFileSync(join(this.#place.home, 'cgroup.procs'), String(pid));
  }

  /** Removes it with its children. The last processes may take a moment to exit. */
  async remove(): Promise<void> {
    for (let tries = 0; tries < removeTries; tries += 1) {
      removeCgroups(this.#limited);
      if (!existsSync(this.#limited)) break;
      await pause(pollMs);
    }
    // The common parent stays as long as other containers run.
    removeCgroups(join(this.#place.parent, 'kit'), false);
  }
}

type LimitFile = 'memory.max' | 'cpu.max';

/**
 * Sets the limits of `kit run`; returns a message for each that this host cannot enforce.
 * @param cgroup undefined: there is none
 */
export function limitContainer(
  cgroup: ContainerCgroup | undefined,
  { memoryMiB, cpus }: Pick<ContainerLaunch, 'memoryMiB' | 'cpus'>,
): string[] {
  const limits: readonly (readonly [what: string, file: LimitFile, value: string | null])[] = [
    ['memory', 'memory.max', memoryMiB === null ? null : String(memoryMiB * 2 ** 20)],
    ['processors', 'cpu.max', cpus === null ? null : `${cpus * 100_000} 100000`],
  ];
  return limits.flatMap(([what, file, value]) =>
    value === null || cgroup?.limit(file, value)
      ? []
      : [`This host's cgroups do not limit ${what}: the container takes what there is`],
  );
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
