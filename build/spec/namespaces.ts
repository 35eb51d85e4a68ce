import type { Namespace, NamespaceType } from './oci-runtime.ts';
import type { Settled } from './settle.ts';

/** The fields that choose namespaces, in the order of config.json, and what an absent one means. */
const fields = [
  { field: 'net', type: 'network', absent: 'root', fresh: ['new', 'none'] },
  { field: 'ipc', type: 'ipc', absent: 'root', fresh: ['new'] },
  { field: 'uts', type: 'uts', absent: 'root', fresh: ['new'] },
  { field: 'pid', type: 'pid', absent: 'new', fresh: ['new'] },
  { field: 'userns', type: 'user', absent: 'root', fresh: ['new'] },
] as const;

/** The namespaces a container has of its own, or joins by path; a mount namespace always. */
export function containerNamespaces(entry: Settled): Namespace[] {
  const chosen = fields.flatMap(({ field, type, absent, fresh }) => {
    return namespace(type, entry[field] || absent, fresh);
  });
  return [...chosen, { type: 'mount' }];
}

/** The table has checked that what is no word is a path. */
function namespace(type: NamespaceType, mode: string, fresh: readonly string[]): Namespace[] {
  if (mode === 'host' || mode === 'root') return [];
  return fresh.includes(mode) ? [{ type }] : [{ type, path: mode }];
}
