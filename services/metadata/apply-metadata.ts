import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { metadataNetworkVariable } from '../../lib/bundle/metadata-network.ts';
import { reasonOf } from '../../lib/errors/errors.ts';
import type { Metadata } from '../../lib/metadata/metadata.ts';
import { type MetadataPlan, planFiles } from '../../lib/metadata/plan.ts';
import { cleanHostname } from '../../lib/net/hostname.ts';
import { MissingMetadataError, type Provider } from './provider.ts';
import { writeFiles } from './write-files.ts';

export interface Outcome {
  /** Log lines, one sentence each. */
  readonly lines: readonly string[];
  /** Whether everything was applied; true without metadata. */
  readonly ok: boolean;
}

/**
 * Applies the metadata of the first provider that has any: writes files below `folder`.
 */
export async function applyMetadata(
  providers: readonly Provider[],
  folder: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Outcome> {
  const problems: string[] = [];
  const refused: string[] = [];
  const missing: string[] = [];
  for (const provider of providers) {
    const metadata = await probe(provider, { refused, missing, problems });
    if (metadata === undefined) continue;
    const name = metadata.provider ?? provider.name;
    const network = env[metadataNetworkVariable] === 'yes';
    const plan = planFiles(name, metadata, { network });
    problems.push(...plan.problems, ...writeFiles(folder, plan), ...checkHostname(folder, plan));
    problems.push(...(await tellProvider(provider)));
    const lines = [...refused, `metadata from ${name}: ${summary(plan)}`, ...plan.notes, ...problems];
    return { lines, ok: problems.length === 0 };
  }
  problems.push(...missing);
  return { lines: [...refused, ...problems, 'no metadata found'], ok: problems.length === 0 };
}

interface Lines {
  readonly refused: string[];
  readonly missing: string[];
  readonly problems: string[];
}

async function probe(
  provider: Provider,
  { refused, missing, problems }: Lines,
): Promise<Metadata | undefined> {
  try {
    return await provider.probe((line) => refused.push(line));
  } catch (error) {
    (error instanceof MissingMetadataError ? missing : problems).push(reasonOf(error));
    return undefined;
  }
}

async function tellProvider(provider: Provider): Promise<string[]> {
  try {
    await provider.applied?.();
    return [];
  } catch (error) {
    return [reasonOf(error)];
  }
}

/** Init takes the name from the file (init/host/hostname.ts). User data may have replaced it (LinuxKit). */
function checkHostname(folder: string, { files }: MetadataPlan): string[] {
  if (!files.some(({ path }) => path === 'hostname')) return [];
  try {
    const text = readFileSync(join(folder, 'hostname'), 'utf8').trim();
    return cleanHostname(text) === undefined ? [`Cannot use hostname "${text}": not a host name`] : [];
  } catch (error) {
    return [`Cannot read the hostname: ${reasonOf(error)}`];
  }
}

function summary({ files }: MetadataPlan): string {
  return (
    [...new Set(files.map(({ path }) => path))].filter((path) => path !== 'provider').join(', ') ||
    'nothing in it'
  );
}
