import type { Located, Manifest } from '../../manifest/types.ts';
import { isPackageRef } from '../../packages/definition/find.ts';
import { expandReference } from '../../registry/reference.ts';

/**
 * The manifest with the references of its images expanded (`alpine` → `docker.io/library/alpine:latest`), as
 * LinuxKit writes it into files with `metadata:`. Volumes keep theirs, as in LinuxKit; so do packages, which
 * have no expanded form.
 */
export function withExpandedReferences(manifest: Manifest): Manifest {
  const { kernel, init, onboot, onshutdown, services } = manifest;
  return {
    ...manifest,
    kernel: kernel && withExpandedImage(kernel),
    init: init.map((ref) => ({ ...ref, value: expanded(ref.value) })),
    onboot: onboot.map(withExpandedImage),
    onshutdown: onshutdown.map(withExpandedImage),
    services: services.map(withExpandedImage),
  };
}

function withExpandedImage<T extends { readonly image?: string }>({ value, origin }: Located<T>): Located<T> {
  return { value: value.image === undefined ? value : { ...value, image: expanded(value.image) }, origin };
}

const expanded = (ref: string): string => (isPackageRef(ref) ? ref : expandReference(ref));
