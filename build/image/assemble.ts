import type { Work } from '../work.ts';
import { layeredBootImage } from './layered/boot-image.ts';
import type { BootImage } from './plan/boot-image.ts';
import type { ImagePlan } from './plan/image-plan.ts';
import { otherInit } from './plan/production.ts';

/**
 * The image of a plan: layered with kit's own init, flat with any other init or none.
 * @throws KitErrors, KitError
 */
export async function assemble(plan: ImagePlan, work: Work): Promise<BootImage> {
  if (plan.kitInit) return layeredBootImage(plan, plan.kitInit, work);
  if (plan.production) throw otherInit(plan.manifest);
  // Loaded late: most images are layered.
  const { flatBootImage } = await import('./flat/boot-image.ts');
  return flatBootImage(plan, work);
}
