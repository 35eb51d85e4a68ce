import { expandedName } from '../../reference/image-ref.ts';
import type { NamedImage } from './image-plan.ts';

/**
 * The image's name in LinuxKit's trees and bills of materials: its expanded reference. Packages and archives
 * have none: a package is named by name and tag, an archive as the manifest names it.
 */
export function linuxkitName({ ref, image }: NamedImage): string {
  return expandedName(ref) ?? (ref.kind === 'package' ? image.name : ref.text);
}
