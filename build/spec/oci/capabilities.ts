import { capabilities as known } from '../../manifest/names.ts';
import type { EffectiveEntry } from '../effective-entry.ts';
import { everyPart, FieldError } from '../field-error.ts';
import type { CapabilitySet, Process } from './oci-runtime.ts';

/**
 * The five sets of capabilities(7): `capabilities` is the effective set, its union with `ambient` the
 * bounding, inheritable and permitted sets. Empty sets are omitted.
 */
export function capabilitySets(entry: EffectiveEntry): Process['capabilities'] {
  const { effective, ambient } = everyPart({
    effective: () => expand(entry.capabilities, 'capabilities'),
    ambient: () => expand(entry.ambient, 'ambient'),
  });
  const all = [...new Set([...effective, ...ambient])].sort();
  const sets: Record<CapabilitySet, readonly string[]> = {
    bounding: all,
    effective,
    inheritable: all,
    permitted: all,
    ambient,
  };
  return Object.fromEntries(Object.entries(sets).filter(([, names]) => names.length > 0));
}

/** A single `all` or `none`, case-insensitive, means every capability or none. */
function expand(names: readonly string[], field: string): readonly string[] {
  const [first = ''] = names;
  if (names.length === 1 && first.toLowerCase() === 'all') return known;
  if (names.length === 1 && first.toLowerCase() === 'none') return [];
  const odd = names.findIndex((name) => !(known as readonly string[]).includes(name));
  if (odd >= 0) throw new FieldError([field, odd], `"${names[odd]}" must be the only item of ${field}`);
  return [...new Set(names)];
}
