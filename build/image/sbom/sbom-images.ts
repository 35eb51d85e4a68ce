import type { ResolvedImage } from '../../cache/stored-image.ts';
import type { Component } from '../../packages/components.ts';
import type { ImagePlan, NamedImage } from '../plan/image-plan.ts';
import { linuxkitName } from '../plan/linuxkit-name.ts';

/** An image of the bill of materials. */
export interface SbomImage {
  /** LinuxKit's name of it. */
  readonly name: string;
  /** Where its files lie in the tree: `''`, `containers/services/web/lower`. */
  readonly prefix: string;
  readonly image: ResolvedImage;
  /** In place of those that its layers name, where more is known of them. */
  readonly components?: readonly Component[];
}

/** Every image of a plan, once for each place of its files, in the order of the tree. */
export function sbomImages({ kernel, init, volumes, bundles }: ImagePlan): SbomImage[] {
  const placed = (named: NamedImage, prefix: string): SbomImage => {
    return { name: linuxkitName(named), prefix, image: named.image };
  };
  const containers = bundles.map((bundle) =>
    placed(bundle, `${bundle.folder}/${bundle.spec.root.readonly ? 'rootfs' : 'lower'}`),
  );
  return [
    ...(kernel ? [placed(kernel, '')] : []),
    ...init.map((named) => placed(named, '')),
    ...volumes.flatMap(({ volume, content }) =>
      content ? [placed(content, `containers/volumes/${volume.name}/lower`)] : [],
    ),
    // Bundles of one image share the files of the first.
    ...new Map(containers.toReversed().map((one) => [one.name, one])).values().toArray().reverse(),
  ];
}
