import type { ResolvedImage } from '../../cache/stored-image.ts';
import { imageRef } from '../../images/manifest-images.ts';
import { type Assembly, kernelImage } from '../plan/assembly.ts';
import type { PlannedBundle } from '../plan/bundles.ts';
import { sourceName } from '../plan/source-name.ts';

/** An image, and where it lies in the tree: `''`, `containers/services/web/lower`. */
export interface Part {
  readonly name: string;
  readonly prefix: string;
  readonly image: ResolvedImage;
}

/** Every image of a manifest once for each place that it has, in the order of the tree. */
export function imageParts(assembly: Assembly, bundles: readonly PlannedBundle[]): Part[] {
  const { manifest, imageOf } = assembly;
  const part = (ref: string, prefix: string, image: ResolvedImage): Part => {
    return { name: sourceName(ref, image), prefix, image };
  };
  const kernel = kernelImage(assembly);
  const volumes = manifest.volumes.flatMap(({ value: { name, image }, origin }) =>
    image === undefined
      ? []
      : [part(image, `containers/volumes/${name}/lower`, imageOf(imageRef(image, origin)))],
  );
  const containers = bundles.map(({ ref, folder, image, spec }) =>
    part(ref, `${folder}/${spec.root.readonly ? 'rootfs' : 'lower'}`, image),
  );
  return [
    ...(kernel ? [part(manifest.kernel?.value.image ?? '', '', kernel)] : []),
    ...manifest.init.map((ref) => part(ref.value, '', imageOf(ref))),
    ...volumes,
    // Bundles of the same image share what the first of them brought.
    ...new Map(containers.toReversed().map((one) => [one.name, one])).values().toArray().reverse(),
  ];
}
