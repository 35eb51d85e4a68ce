import { KitError } from '../../lib/errors/errors.ts';
import { parseMetaData } from '../../lib/metadata/meta-data.ts';
import type { Metadata } from '../../lib/metadata/metadata.ts';
import { parseOvfEnvironment } from '../../lib/metadata/ovf/ovf-environment.ts';
import { vendorDataOf } from '../../lib/metadata/seed/vendor-data.ts';

export const seedKinds = ['user-data', 'meta-data', 'vendor-data', 'network-config', 'ovf-env'] as const;
export type SeedKind = (typeof seedKinds)[number];

/** What a file is, by a name such as `meta-data`, `meta_data.json`, `web-vendor-data.yml`; else user data. */
export function seedKindOf(name: string): SeedKind {
  const plain = name.toLowerCase().replaceAll('_', '-');
  if (plain.includes('network-data') || plain.includes('50-cloud-init')) return 'network-config';
  return seedKinds.find((kind) => plain.includes(kind)) ?? 'user-data';
}

/** Metadata of one file alone. */
export function singleFile(content: Buffer, kind: SeedKind): Metadata {
  const nothing: Metadata = { userdata: undefined, sshKeys: [] };
  try {
    if (kind === 'meta-data') return { ...nothing, ...parseMetaData(content) };
    if (kind === 'vendor-data') {
      const isJson = content.toString('latin1', 0, 64).trimStart().startsWith('{');
      return { ...nothing, vendordata: vendorDataOf(isJson ? 'vendor_data.json' : kind, content) };
    }
    if (kind === 'network-config') {
      const isOpenStack = /^\s*\{[\s\S]*"links"\s*:/.test(content.toString('latin1', 0, 4096));
      return { ...nothing, network: { form: isOpenStack ? 'network_data.json' : kind, content } };
    }
    if (kind === 'ovf-env') return parseOvfEnvironment(content);
    return { ...nothing, userdata: content };
  } catch (error) {
    if (!(error instanceof KitError)) throw error;
    return { ...nothing, problems: [error.message] };
  }
}
