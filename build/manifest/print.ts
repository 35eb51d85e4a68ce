import { stringify } from 'yaml';
import type { Budgets, Located, Manifest, Network } from './types.ts';

/** The merged manifest as a plain value: keys in the order of the field table, empty ones left out. */
export function manifestValue(manifest: Manifest): Record<string, unknown> {
  const values = (items: readonly Located<unknown>[]): unknown[] => items.map(({ value }) => value);
  const parts: [string, unknown][] = [
    ['kernel', manifest.kernel?.value],
    ...(['init', 'onboot', 'onshutdown', 'services', 'files', 'volumes'] as const).map(
      (key): [string, unknown] => [key, values(manifest[key])],
    ),
    ['network', mergedNetwork(manifest.network)],
    ['control', manifest.control?.value],
    ['modules', manifest.modules?.value],
    ['metadata', manifest.metadata?.value],
    ['budgets', mergedBudgets(manifest.budgets)],
  ];
  return Object.fromEntries(
    parts.filter(([, value]) => (Array.isArray(value) ? value.length > 0 : value !== undefined)),
  );
}

/** Concatenates the lists of all manifests. */
function mergedNetwork(all: Manifest['network']): Network | undefined {
  if (all.length === 0) return undefined;
  const interfaces = all.flatMap(({ value }) => value.interfaces ?? []);
  const servers = all.flatMap(({ value }) => value.dns?.servers ?? []);
  const search = all.flatMap(({ value }) => value.dns?.search ?? []);
  const dns = { ...(servers.length > 0 && { servers }), ...(search.length > 0 && { search }) };
  return { ...(interfaces.length > 0 && { interfaces }), ...(Object.keys(dns).length > 0 && { dns }) };
}

/** Key by key; the last manifest that has a key wins. */
export function mergedBudgets(all: Manifest['budgets']): Budgets | undefined {
  return all.length === 0 ? undefined : Object.assign({}, ...all.map(({ value }) => value));
}

/** The merged manifest as YAML that parses to the same manifest. */
export function printManifest(manifest: Manifest): string {
  return stringify(manifestValue(manifest), { aliasDuplicateObjects: false, lineWidth: 0 });
}
