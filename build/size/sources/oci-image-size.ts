import { layerId } from '../../../lib/bundle/layers.ts';
import { layerUses } from '../../image/plan/image-part.ts';
import { resolveImage } from '../../images/resolve.ts';
import { imageLayers, overlaidImage } from '../../layers/layers.ts';
import { openImage } from '../../pieces/image-file.ts';
import { parseImageRef } from '../../reference/image-ref.ts';
import type { Work } from '../../work.ts';
import { sizedLayer } from '../contents/layer-files.ts';
import type { SizedPart } from '../report.ts';

/**
 * The layers of a package, or of another OCI image, as an image of kit's stores them. @throws KitError
 */
export async function ociImageParts(name: string, cwd: string, work: Work): Promise<SizedPart[]> {
  const image = await resolveImage(parseImageRef(name, { folder: cwd }), work);
  const names = layerUses([{ user: '', image }]);
  const { layers } = await overlaidImage(image, 'bundle', work);
  const parts: SizedPart[] = [];
  for (const { file, bytes, diffId, title } of await imageLayers(layers, work)) {
    await using layer = await openImage(file);
    const known = names.get(layerId(diffId));
    const named = { title: known?.title ?? title, package: known?.package ?? null, users: [] };
    parts.push(await sizedLayer(layer, bytes, named));
  }
  return parts;
}
