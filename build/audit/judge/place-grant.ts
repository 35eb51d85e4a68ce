import type { AuditedEntry } from '../../promises/audited-entry.ts';
import type { Grant } from '../../promises/promise.ts';
import type { PlacedGrant } from '../finding.ts';

/** Finds who gave an entry what it has. */
export function placeGrant({ field, value }: Grant, { origins, ref, place }: AuditedEntry): PlacedGrant {
  const from = origins?.get(field) ?? [];
  const manifest = from.find(({ source }) => source === 'manifest');
  if (manifest) return { field, value, by: 'manifest', place: place?.(manifest.path) };
  const [first] = from;
  if (!first) return { field, value, by: "the image's config.json" };
  if (first.reason !== undefined) return { field, value, by: `since it has ${first.reason}` };
  if (first.source === 'label') return { field, value, by: `label of ${ref}` };
  return {
    field,
    value,
    by: first.source === 'image config' ? `config of ${ref}` : `${first.source}'s default`,
  };
}
