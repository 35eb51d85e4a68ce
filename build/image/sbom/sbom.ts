import type { TarEntry } from '../../../lib/archive/tar.ts';
import type { Assembly } from '../plan/assembly.ts';
import type { PlannedBundle } from '../plan/bundles.ts';
import { addedFile } from '../plan/created.ts';
import { sbomText } from './document.ts';
import { imageParts } from './parts.ts';

/** The file with the bill of materials, as an entry of the tree; none where it is not wanted. */
export async function sbomEntries(
  assembly: Assembly,
  bundles: readonly PlannedBundle[],
): Promise<TarEntry[]> {
  const { sbom } = assembly;
  return sbom ? [addedFile(sbom.path, await sbomText(imageParts(assembly, bundles), sbom.created))] : [];
}
