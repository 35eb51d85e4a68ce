import { isPackageRef } from '../../packages/definition/find.ts';
import { expandReference } from '../../registry/reference.ts';
import type { NamedImage } from './image-plan.ts';

/**
 * The image's name in LinuxKit's trees: its expanded reference. A package has none and is named by name and
 * tag.
 */
export function linuxkitName({ ref, image }: NamedImage): string {
  return isPackageRef(ref) ? image.name : expandReference(ref);
}
