import type { PlannedBundle } from '../image/plan/bundles.ts';
import type { ImagePlan } from '../image/plan/image-plan.ts';
import type { AuditedEntry } from '../promises/audited-entry.ts';
import type { ImageBundle } from './image/read-bundles.ts';

/** The entries of an image, each with what its manifest says of it, if there is one. */
export function auditedEntries(
  bundles: readonly ImageBundle[],
  plan: ImagePlan | undefined,
): { readonly folder: string; readonly entry: AuditedEntry }[] {
  return bundles.map((bundle) => {
    const { section, name, folder, config, runtime } = bundle;
    const planned = plan?.bundles.find((one) => one.folder === folder);
    const written = plan && planned && fromPlan(planned, plan);
    return { folder, entry: { section, name, config, runtime, ...written } };
  });
}

function fromPlan({ section, at, effective, origins, ref }: PlannedBundle, { manifest }: ImagePlan) {
  const place = manifest[section][at]?.origin.place;
  return { effective, origins, ref, place };
}
