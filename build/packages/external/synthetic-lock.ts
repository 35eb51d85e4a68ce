import { layoutOf } from './lock/layout.ts';
import type { Selection } from './lock/select.ts';

/** Files from which `npm ci` makes exactly the folders of a selection. */
export interface SyntheticProject {
  /** package.json */
  readonly manifest: string;
  /** package-lock.json */
  readonly lock: string;
  /** Where each package goes, `node_modules/a/node_modules/b`, and its id in the selection. */
  readonly layout: ReadonlyMap<string, string>;
}

/**
 * A project whose lock file holds the selected packages alone, each with its checksum. Requests are exact
 * versions, and the fields are left out by which npm would decide anew what to install: `os`, `engines`,
 * peers. The same selection gives the same text, whichever lock file it comes from.
 */
export function syntheticProject(selection: Selection): SyntheticProject {
  const layout = layoutOf(selection);
  const requests = (ids: ReadonlyMap<string, string>): Record<string, string> =>
    Object.fromEntries([...ids].sort(byKey).map(([alias, id]) => [alias, request(selection, alias, id)]));
  const head = { name: 'external', version: '0.0.0' };
  const root = { ...head, dependencies: requests(selection.roots) };
  const entries = [...layout].map(
    ([location, id]) => [location, entryOf(selection, location, id, requests)] as const,
  );
  const lock = {
    ...head,
    lockfileVersion: 3,
    requires: true,
    packages: { '': root, ...Object.fromEntries(entries) },
  };
  return { manifest: JSON.stringify({ ...root, private: true }), lock: JSON.stringify(lock), layout };
}

const byKey = ([a]: [string, string], [b]: [string, string]): number => (a < b ? -1 : 1);

function request({ nodes }: Selection, alias: string, id: string): string {
  const node = nodes.get(id);
  return node && node.name !== alias ? `npm:${node.name}@${node.version}` : (node?.version ?? '');
}

function entryOf(
  { nodes }: Selection,
  location: string,
  id: string,
  requests: (ids: ReadonlyMap<string, string>) => Record<string, string>,
): object {
  const node = nodes.get(id);
  const alias = location.slice(location.lastIndexOf('node_modules/') + 'node_modules/'.length);
  return {
    ...(node && node.name !== alias ? { name: node.name } : {}),
    version: node?.version,
    ...(node?.resolved ? { resolved: node.resolved } : {}),
    integrity: node?.integrity,
    ...(node && node.dependencies.size > 0 ? { dependencies: requests(node.dependencies) } : {}),
  };
}
