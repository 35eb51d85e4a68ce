import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import type { ContainerProcess } from '../exec/in-container.ts';

/** The parts of an OCI runtime spec that the supervisor looks at; it hands on the rest as it is. */
export interface Spec {
  readonly process: ContainerProcess;
  readonly root?: { readonly path?: string };
  readonly linux?: { readonly cgroupsPath?: string };
}

/**
 * A bundle's config.json, with what depends on the machine: root.path is absolute, as containerd knows no bundle folder of
 * ours; and unless the manifest says how soon the kernel may take the service for want of memory, it is as soon as any
 * other program. From its shim it would inherit that it comes last of all.
 */
export function readSpec(dir: string): Spec {
  const path = join(dir, 'config.json');
  try {
    const spec: Partial<Spec> = JSON.parse(readFileSync(path, 'utf8'));
    return {
      ...spec,
      process: { oomScoreAdj: ownScore(), ...spec.process },
      root: { ...spec.root, path: resolve(dir, spec.root?.path ?? 'rootfs') },
    };
  } catch (thrown) {
    throw new KitError(`Cannot read "${path}": ${reasonOf(thrown)}`, { cause: thrown });
  }
}

/** In a container on somebody's host it need not be 0, and may not be lowered to that (proc_pid_oom_score_adj(5)). */
export function ownScore(): number {
  return Number(readFileSync('/proc/self/oom_score_adj', 'utf8'));
}
