import type { EffectiveEntry, FieldOrigin, FieldOrigins } from '../effective-entry.ts';
import type { IdMapping } from '../oci/oci-runtime.ts';
import { idCount } from './id-ranges.ts';
import { type SharingContext, whyShared } from './why-shared.ts';

export interface UserNamespaceContext extends SharingContext {
  /** The first id of the machine that the ids of an entry are, by its name. */
  readonly idRanges: ReadonlyMap<string, number>;
}

interface Settled {
  readonly entry: EffectiveEntry;
  readonly origins: FieldOrigins;
}

/**
 * Not in LinuxKit: an entry that does not set `userns` gets a user namespace of its own, unless it asks for
 * what works only in the machine's. The root of such a namespace is nobody in particular outside it. Where
 * the mappings are not set, the ids are those of the entry's own range.
 */
export function withUserNamespace({ entry, origins }: Settled, context: UserNamespaceContext): Settled {
  const isSet = origins.get('userns')?.some(({ source }) => source !== 'LinuxKit') ?? false;
  const reason = isSet ? undefined : whyShared(entry, context);
  const userns = isSet ? entry.userns : reason === undefined ? 'new' : 'root';
  const from = new Map<string, readonly FieldOrigin[]>(origins);
  if (!isSet) from.set('userns', [{ source: 'kit', path: ['userns'], ...(reason && { reason }) }]);
  const first = context.idRanges.get(entry.name);
  if (userns !== 'new' || first === undefined) return { entry: { ...entry, userns }, origins: from };
  const range: IdMapping[] = [{ containerID: 0, hostID: first, size: idCount }];
  const missing = (['uidMappings', 'gidMappings'] as const).filter((field) => entry[field].length === 0);
  for (const field of missing) from.set(field, [{ source: 'kit', path: [field] }]);
  const own = Object.fromEntries(missing.map((field) => [field, range]));
  return { entry: { ...entry, userns, ...own }, origins: from };
}
