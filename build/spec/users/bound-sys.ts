import type { EffectiveEntry } from '../effective-entry.ts';
import type { Spec } from '../oci/oci-runtime.ts';

/**
 * The machine's /sys in place of one of its own, for runc in a user namespace without a network of its own:
 * there the kernel refuses to mount sysfs, which shows the network of who mounts it. crun does so by itself.
 */
export function withBoundSys(spec: Spec, { ociRuntime }: EffectiveEntry): Spec {
  const isOwn = (wanted: string): boolean =>
    spec.linux.namespaces.some(({ type, path }) => type === wanted && path === undefined);
  if (ociRuntime !== 'runc' || !isOwn('user') || isOwn('network')) return spec;
  const mounts = spec.mounts.map((mount) => {
    const { type, options = [] } = mount;
    return type === 'sysfs'
      ? { ...mount, type: 'bind', source: '/sys', options: ['rbind', ...options] }
      : mount;
  });
  return { ...spec, mounts };
}
