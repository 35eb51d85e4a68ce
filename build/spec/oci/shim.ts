import type { EffectiveEntry } from '../effective-entry.ts';
import type { Spec } from './oci-runtime.ts';

/**
 * containerd's shim for runc runs containers of one group in one process (`groupLabels` in
 * runtime/v2/runc/manager/manager_linux.go of containerd 1.7). A group is one of a containerd namespace.
 */
const groupAnnotation = 'io.containerd.runc.v2.group';

/** Not in LinuxKit: `shim: shared`. A group that the manifest names itself stays. */
export function withSharedShim(spec: Spec, { shim }: Pick<EffectiveEntry, 'shim'>): Spec {
  if (shim === 'own') return spec;
  return { ...spec, annotations: { [groupAnnotation]: 'shared', ...spec.annotations } };
}
