import type { EffectiveEntry } from '../effective-entry.ts';
import type { Namespace, NamespaceType } from './oci-runtime.ts';

/** The namespace fields, in the order of config.json, and the values that mean a new namespace. */
const fields = [
  { field: 'net', type: 'network', fresh: ['new', 'none'] },
  { field: 'ipc', type: 'ipc', fresh: ['new'] },
  { field: 'uts', type: 'uts', fresh: ['new'] },
  { field: 'pid', type: 'pid', fresh: ['new'] },
  { field: 'userns', type: 'user', fresh: ['new'] },
] as const;

/** The namespaces that a container creates, or joins by path; always a mount namespace. */
export function containerNamespaces(entry: EffectiveEntry): Namespace[] {
  const chosen = fields.flatMap(({ field, type, fresh }) => namespace(type, entry[field], fresh));
  return [...chosen, { type: 'mount' }];
}

/** The field table has checked that any other value is a path. */
function namespace(type: NamespaceType, mode: string, fresh: readonly string[]): Namespace[] {
  if (mode === 'host' || mode === 'root') return [];
  return fresh.includes(mode) ? [{ type }] : [{ type, path: mode }];
}
