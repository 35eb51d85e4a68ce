import type { ResolvedImage } from '../../cache/stored-image.ts';
import { isPackageRef } from '../../packages/definition/find.ts';
import { expandReference } from '../../registry/reference.ts';

/** What LinuxKit's trees call an image: its whole reference; a package, which has none, is called by its tag. */
export function sourceName(ref: string, image: ResolvedImage): string {
  return isPackageRef(ref) ? image.name : expandReference(ref);
}
