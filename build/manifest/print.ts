import { stringify } from 'yaml';
import { withImageText } from './images/image-refs.ts';
import type { Budgets, Manifest, Network } from './types.ts';

/** The merged manifest as a plain value: keys in the order of the field table, empty ones left out. */
export function manifestValue(manifest: Manifest): Record<string, unknown> {
  const modules = manifest.kernelModules.flatMap(({ value }) => value);
  const kernel = manifest.kernel && withImageText(manifest.kernel.value);
  const parts: [string, unknown][] = [
    ['kernel', kernel && { ...kernel, ...(manifest.kernelModules.length > 0 && { modules }) }],
    ['init', manifest.init.map(({ value }) => value.text)],
    ...(['onboot', 'onshutdown', 'services'] as const).map((key): [string, unknown] => [
      key,
      manifest[key].map(({ value }) => withImageText(value)),
    ]),
    ['files', manifest.files.map(({ value }) => value)],
    ['disks', manifest.disks.map(({ value }) => value)],
    ['volumes', manifest.volumes.map(({ value }) => withImageText(value))],
    ['network', mergedNetwork(manifest.network)],
    ['control', manifest.control?.value],
    ['modules', manifest.modules?.value],
    ['watchdog', manifest.watchdog?.value],
    ['updates', manifest.updates?.value],
    ['metadata', manifest.metadata?.value],
    ['signing', manifest.signing?.value],
    ['budgets', mergedBudgets(manifest.budgets)],
  ];
  return withoutEmpty(Object.fromEntries(parts));
}

/** Concatenates the lists of all manifests; of other keys the last one wins. Has a row for each key. */
function mergedNetwork(all: Manifest['network']): Network | undefined {
  if (all.length === 0) return undefined;
  const values = all.map(({ value }) => value);
  const dns: Record<keyof NonNullable<Network['dns']>, unknown> = {
    servers: values.flatMap((one) => one.dns?.servers ?? []),
    search: values.flatMap((one) => one.dns?.search ?? []),
  };
  const network: Record<keyof Network, unknown> = {
    interfaces: values.flatMap(({ interfaces = [] }) => interfaces),
    rules: values.flatMap(({ rules = [] }) => rules),
    firewall: values.findLast(({ firewall }) => firewall !== undefined)?.firewall,
    metadata: values.findLast(({ metadata }) => metadata !== undefined)?.metadata,
    dns: Object.keys(withoutEmpty(dns)).length > 0 ? withoutEmpty(dns) : undefined,
  };
  return withoutEmpty(network);
}

const withoutEmpty = (parts: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(parts).filter(([, value]) =>
      Array.isArray(value) ? value.length > 0 : value !== undefined,
    ),
  );

/** Key by key; the last manifest that has a key wins. */
export function mergedBudgets(all: Manifest['budgets']): Budgets | undefined {
  return all.length === 0 ? undefined : Object.assign({}, ...all.map(({ value }) => value));
}

/** The merged manifest as YAML that parses to the same manifest. */
export function printManifest(manifest: Manifest): string {
  return stringify(manifestValue(manifest), { aliasDuplicateObjects: false, lineWidth: 0 });
}
