import { type CgroupUsage, cgroupPathOf, readCgroup } from '../usage/cgroup.ts';
import { readServiceSpec } from './service-spec.ts';

/** The cgroup of a service. */
export class ServiceCgroup {
  readonly #bundleDir: string;
  #specPath: string | undefined;

  constructor(bundleDir: string) {
    this.#bundleDir = bundleDir;
  }

  /** What it counts and limits. `pid`: of the service's process; 0: not running. */
  usage(pid: number): CgroupUsage {
    return readCgroup(this.path(pid));
  }

  /**
   * Below the root of the hierarchy: `/svc/web`. Without an absolute cgroupsPath in the spec, that of the
   * process.
   */
  path(pid: number): string | undefined {
    const path = this.#pathInSpec();
    return path?.startsWith('/') ? path : cgroupPathOf(pid);
  }

  /** Read once: a status call would otherwise parse the spec of every service. */
  #pathInSpec(): string | undefined {
    try {
      this.#specPath ??= readServiceSpec(this.#bundleDir).linux?.cgroupsPath;
    } catch {}
    return this.#specPath;
  }
}
