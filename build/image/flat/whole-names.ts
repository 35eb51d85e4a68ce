import type { Located, Manifest } from '../../manifest/types.ts';
import { isPackageRef } from '../../packages/definition/find.ts';
import { expandReference } from '../../registry/reference.ts';

/**
 * The manifest with the whole names of its images, as LinuxKit writes it into files with `metadata:`. Volumes keep theirs,
 * as in LinuxKit; so do packages, which have no other.
 */
export function withWholeNames(manifest: Manifest): Manifest {
  const { kernel, init, onboot, onshutdown, services } = manifest;
  return {
    ...manifest,
    kernel: kernel && withWholeName(kernel),
    init: init.map((ref) => ({ ...ref, value: wholeName(ref.value) })),
    onboot: onboot.map(withWholeName),
    onshutdown: onshutdown.map(withWholeName),
    services: services.map(withWholeName),
  };
}

function withWholeName<T extends { readonly image?: string }>({ value, origin }: Located<T>): Located<T> {
  return { value: value.image === undefined ? value : { ...value, image: wholeName(value.image) }, origin };
}

const wholeName = (ref: string): string => (isPackageRef(ref) ? ref : expandReference(ref));
