import { layerId } from '../../../lib/bundle/layers.ts';
import { piecesBytes } from '../../pieces/piece.ts';
import type { KernelFiles } from '../kernel/kernel-files.ts';
import { type ImagePart, imageUses, layerUses } from '../plan/image-part.ts';
import type { ImagePlan } from '../plan/image-plan.ts';
import type { LayeredInitrd } from './initrd.ts';

/** The parts of the layered layout: the kernel, every layer, and the rest of the initrd. */
export function layeredParts(
  plan: ImagePlan,
  { contents, pieces }: LayeredInitrd,
  kernel: KernelFiles | undefined,
): ImagePart[] {
  const named = layerUses(imageUses(plan));
  if (kernel?.modules) {
    named.set(layerId(kernel.modules.diffId), { title: 'kernel modules', users: ['kernel'] });
  }
  const layers = contents.layers.map(({ id, diffId, bytes, title }) => ({
    layer: id,
    bytes,
    ...(named.get(layerId(diffId)) ?? { title, users: [] }),
  }));
  const rest = piecesBytes(pieces) - layers.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    ...(kernel ? [{ title: 'kernel', bytes: kernel.kernel.bytes, users: ['kernel'] }] : []),
    { title: 'stage 1', bytes: rest, users: ['init'] },
    ...layers,
  ];
}
