import { stringify } from 'yaml';
import type { Located, Manifest } from './types.ts';

/** The merged manifest as plain values, in the order of the table; empty parts left out. */
export function manifestValue(manifest: Manifest): Record<string, unknown> {
  const values = (items: readonly Located<unknown>[]): unknown[] => items.map(({ value }) => value);
  const parts: [string, unknown][] = [
    ['kernel', manifest.kernel?.value],
    ...(['init', 'onboot', 'onshutdown', 'services', 'files', 'volumes'] as const).map(
      (key): [string, unknown] => [key, values(manifest[key])],
    ),
  ];
  return Object.fromEntries(
    parts.filter(([, value]) => (Array.isArray(value) ? value.length > 0 : value !== undefined)),
  );
}

/** The merged manifest as YAML that kit reads again as the same. */
export function printManifest(manifest: Manifest): string {
  return stringify(manifestValue(manifest), { aliasDuplicateObjects: false, lineWidth: 0 });
}
