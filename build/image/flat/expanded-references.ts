import type { Located, Manifest } from '../../manifest/types.ts';
import { expandedName, type ImageRef } from '../../reference/image-ref.ts';

/**
 * The manifest with the references of its images expanded (`alpine` → `docker.io/library/alpine:latest`), as
 * LinuxKit writes it into files with `metadata:`. Volumes keep theirs, as in LinuxKit; so do packages and
 * archives, which have no expanded form.
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

function withExpandedImage<T extends { readonly image?: ImageRef }>({
  value,
  origin,
}: Located<T>): Located<T> {
  return { value: value.image ? { ...value, image: expanded(value.image) } : value, origin };
}

const expanded = (ref: ImageRef): ImageRef => ({ ...ref, text: expandedName(ref) ?? ref.text });
