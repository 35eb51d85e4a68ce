import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { parseExactJson } from '../../../lib/json/exact-json.ts';
import type { ContainerProcess } from '../exec/in-container.ts';

/** The parts of an OCI runtime spec that the supervisor reads; the rest is passed on unchanged. */
export interface ServiceSpec {
  readonly process: ContainerProcess;
  readonly root?: { readonly path?: string };
  readonly linux?: {
    readonly cgroupsPath?: string;
    readonly devices?: readonly object[];
    readonly resources?: { readonly memory?: object; readonly devices?: readonly object[] };
  };
}

/**
 * Reads a bundle's config.json and fills in what depends on the machine. root.path becomes absolute, as
 * containerd does not know our bundle folder. Unless the manifest sets it, oom_score_adj becomes the
 * supervisor's own: otherwise the shim's -998 would be inherited, and the service would be killed last.
 */
export function readServiceSpec(dir: string): ServiceSpec {
  const path = join(dir, 'config.json');
  try {
    const spec: Partial<ServiceSpec> = parseExactJson(readFileSync(path, 'utf8'));
    return {
      ...spec,
      process: { oomScoreAdj: readOwnOomScore(), ...spec.process },
      root: { ...spec.root, path: resolve(dir, spec.root?.path ?? 'rootfs') },
    };
  } catch (thrown) {
    throw new KitError(`Cannot read "${path}": ${reasonOf(thrown)}`, { cause: thrown });
  }
}

/**
 * The supervisor's oom_score_adj. In a container it need not be 0, and an unprivileged process cannot lower
 * it (proc_pid_oom_score_adj(5)).
 */
export function readOwnOomScore(): number {
  return Number(readFileSync('/proc/self/oom_score_adj', 'utf8'));
}
