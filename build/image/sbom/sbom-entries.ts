import type { TarEntry } from '../../../lib/archive/tar.ts';
import { addedFile } from '../plan/created.ts';
import type { ImagePlan } from '../plan/image-plan.ts';
import { sbomImages } from './sbom-images.ts';
import { sbomText } from './sbom-text.ts';

/** The file with the bill of materials; nothing for an image without one. @throws KitError */
export async function sbomEntries(plan: ImagePlan): Promise<TarEntry[]> {
  const { sbom } = plan;
  return sbom ? [addedFile(sbom.path, await sbomText(sbomImages(plan), sbom.created))] : [];
}
