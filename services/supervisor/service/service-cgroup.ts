import { type CgroupUsage, cgroupPathOf, readCgroup } from '../usage/cgroup.ts';
import { readServiceSpec } from './service-spec.ts';

/** The cgroup of a service. */
export class ServiceCgroup {
  readonly #bundleDir: string;
  #specPath: string | undefined;

  constructor(bundleDir: string) {
    this.#bundleDir = bundleDir;
  }

  /** Its counters and limits. `pid`: of the service's process; 0: not running. */
  usage(pid: number): CgroupUsage {
    return readCgroup(this.path(pid));
  }

  /**
   * Its path below the root of the hierarchy: `/svc/web`. If the spec has no absolute cgroupsPath, the path
   * of the process's cgroup.
   */
  path(pid: number): string | undefined {
    const path = this.#pathInSpec();
    return path?.startsWith('/') ? path : ownPath(cgroupPathOf(pid));
  }

  /** Read once: a status call would otherwise parse the spec of every service. */
  #pathInSpec(): string | undefined {
    try {
      this.#specPath ??= readServiceSpec(this.#bundleDir).linux?.cgroupsPath;
    } catch {}
    return this.#specPath;
  }
}

/**
 * The root of the hierarchy belongs to no service: in a container without cgroups, all processes are in it.
 */
const ownPath = (path: string | undefined): string | undefined => (path === '/' ? undefined : path);
