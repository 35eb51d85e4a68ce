import {
  type MetadataNetwork,
  metadataNetworkPath,
  parseMetadataNetwork,
} from '../../lib/bundle/metadata-network.ts';
import type { Metadata } from '../../lib/metadata/metadata.ts';
import { type MetadataPlan, planFiles } from '../../lib/metadata/plan.ts';

/** What a machine would make of metadata. */
export interface MetadataReport {
  readonly hostname: string | null;
  readonly instanceId: string | null;
  /** Lines of root's authorized_keys. */
  readonly sshKeys: readonly string[];
  /** Whole paths, `/run/config/app/settings.json`; `mode` in octal digits, `0644`. */
  readonly files: readonly { readonly path: string; readonly mode: string; readonly bytes: number }[];
  /** Set up by a machine whose manifest has `network: {metadata: true}`. */
  readonly network: MetadataNetwork | null;
  /** What the machine would name and not do, one sentence each. */
  readonly notObeyed: readonly string[];
  readonly problems: readonly string[];
}

/** Decided by the code that decides in the machine; nothing is written. */
export function metadataReport(metadata: Metadata): MetadataReport {
  const plan = planFiles('check', metadata, { network: true });
  // That of the provider, and of the provider's own name, is no part of what the metadata asks for.
  const files = plan.files.filter(({ path }) => path !== 'provider');
  return {
    hostname: textOf(plan, 'hostname')?.trim() ?? null,
    instanceId: textOf(plan, 'instance_id') ?? null,
    sshKeys: (textOf(plan, 'ssh/authorized_keys') ?? '').split('\n').filter((line) => line !== ''),
    files: files.map(({ path, mode, content }) => ({
      path: `/run/config/${path}`,
      mode: mode.toString(8).padStart(4, '0'),
      bytes: content.length,
    })),
    network: networkOf(textOf(plan, metadataNetworkPath)),
    notObeyed: plan.notes,
    problems: plan.problems,
  };
}

const networkOf = (text: string | undefined): MetadataNetwork | null =>
  text === undefined ? null : parseMetadataNetwork(text);

const textOf = ({ files }: MetadataPlan, path: string): string | undefined =>
  files.find((file) => file.path === path)?.content.toString();
