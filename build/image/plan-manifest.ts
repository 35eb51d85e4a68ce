import { entryInputs } from '../images/entry-inputs.ts';
import { type ImageOf, resolveManifest } from '../images/manifest-images.ts';
import type { Manifest } from '../manifest/types.ts';
import type { Work } from '../work.ts';
import { type ImagePlan, type PlanOptions, planImage } from './plan/image-plan.ts';

/**
 * Finds, pulls or builds the images of a manifest, and decides what is in its own.
 * @throws KitErrors, KitError
 */
export async function planManifest(
  manifest: Manifest,
  options: Omit<PlanOptions, 'inputs'>,
  work: Work,
): Promise<{ readonly imageOf: ImageOf; readonly plan: ImagePlan }> {
  const imageOf = await resolveManifest(manifest, work);
  const inputs = await entryInputs(manifest, imageOf, work);
  return { imageOf, plan: planImage(manifest, imageOf, { ...options, inputs }, work.env) };
}
