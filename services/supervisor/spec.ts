import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import type { ContainerProcess } from './exec/in-container.ts';

/** The parts of an OCI runtime spec that the supervisor looks at; it hands on the rest as it is. */
export interface Spec {
  readonly process?: ContainerProcess;
  readonly root?: { readonly path?: string };
  readonly linux?: { readonly cgroupsPath?: string };
}

/** A bundle's config.json, its root.path made absolute: containerd knows no bundle folder of ours. */
export function readSpec(dir: string): Spec {
  const path = join(dir, 'config.json');
  try {
    const spec: Spec = JSON.parse(readFileSync(path, 'utf8'));
    return { ...spec, root: { ...spec.root, path: resolve(dir, spec.root?.path ?? 'rootfs') } };
  } catch (thrown) {
    throw new KitError(`Cannot read "${path}": ${reasonOf(thrown)}`, { cause: thrown });
  }
}
