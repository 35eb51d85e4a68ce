import type { Settled } from '../settle.ts';
import type { Namespace, NamespaceType } from './oci-runtime.ts';

/** The fields that choose namespaces, in the order of config.json, and the words for one of its own. */
const fields = [
  { field: 'net', type: 'network', fresh: ['new', 'none'] },
  { field: 'ipc', type: 'ipc', fresh: ['new'] },
  { field: 'uts', type: 'uts', fresh: ['new'] },
  { field: 'pid', type: 'pid', fresh: ['new'] },
  { field: 'userns', type: 'user', fresh: ['new'] },
] as const;

/** The namespaces a container has of its own, or joins by path; a mount namespace always. */
export function containerNamespaces(entry: Settled): Namespace[] {
  const chosen = fields.flatMap(({ field, type, fresh }) => namespace(type, entry[field], fresh));
  return [...chosen, { type: 'mount' }];
}

/** The table has checked that what is no word is a path. */
function namespace(type: NamespaceType, mode: string, fresh: readonly string[]): Namespace[] {
  if (mode === 'host' || mode === 'root') return [];
  return fresh.includes(mode) ? [{ type }] : [{ type, path: mode }];
}
