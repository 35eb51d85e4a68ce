import { loginLabel } from '../../lib/oci/types.ts';
import type { PlannedBundle } from '../image/plan/bundles.ts';
import type { ImagePlan } from '../image/plan/image-plan.ts';
import type { AuditedEntry } from '../promises/audited-entry.ts';
import type { ImageBundle } from './image/read-bundles.ts';

/** An entry, and the folder of its bundle. */
export interface PlacedEntry {
  readonly folder: string;
  readonly entry: AuditedEntry;
}

/** The entries of an image, each with what its manifest says of it, if there is one. */
export function auditedEntries(bundles: readonly ImageBundle[], plan: ImagePlan | undefined): PlacedEntry[] {
  return bundles.map((bundle) => {
    const { section, name, folder, config, runtime } = bundle;
    const planned = plan?.bundles.find((one) => one.folder === folder);
    const written = plan && planned && fromPlan(planned, plan);
    return { folder, entry: { section, name, config, runtime, ...written } };
  });
}

function fromPlan({ section, at, effective, origins, ref, image }: PlannedBundle, { manifest }: ImagePlan) {
  const place = manifest[section][at]?.origin.place;
  const isLogin = image.config.config.Labels?.[loginLabel] === 'console';
  return { effective, origins, ref: ref.text, place, isLogin };
}
