import { stringify } from 'yaml';
import { withImageText } from './images/image-refs.ts';
import type { Budgets, Manifest, Network } from './types.ts';

/** The merged manifest as a plain value: keys in the order of the field table, empty ones left out. */
export function manifestValue(manifest: Manifest): Record<string, unknown> {
  const parts: [string, unknown][] = [
    ['kernel', manifest.kernel && withImageText(manifest.kernel.value)],
    ['init', manifest.init.map(({ value }) => value.text)],
    ...(['onboot', 'onshutdown', 'services'] as const).map((key): [string, unknown] => [
      key,
      manifest[key].map(({ value }) => withImageText(value)),
    ]),
    ['files', manifest.files.map(({ value }) => value)],
    ['volumes', manifest.volumes.map(({ value }) => withImageText(value))],
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
