import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf } from '../../lib/errors/errors.ts';
import { cleanHostname } from '../../lib/net/hostname.ts';
import { type MetadataPlan, planFiles } from './plan.ts';
import type { Metadata, Provider } from './provider.ts';
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
export async function applyMetadata(providers: readonly Provider[], folder: string): Promise<Outcome> {
  const problems: string[] = [];
  const refused: string[] = [];
  for (const provider of providers) {
    const metadata = await probe(provider, refused, problems);
    if (metadata === undefined) continue;
    const plan = planFiles(provider.name, metadata);
    problems.push(...plan.problems, ...writeFiles(folder, plan), ...checkHostname(folder, plan));
    const lines = [
      ...refused,
      `metadata from ${provider.name}: ${summary(plan)}`,
      ...plan.notes,
      ...problems,
    ];
    return { lines, ok: problems.length === 0 };
  }
  return { lines: [...refused, ...problems, 'no metadata found'], ok: problems.length === 0 };
}

async function probe(
  provider: Provider,
  refused: string[],
  problems: string[],
): Promise<Metadata | undefined> {
  try {
    return await provider.probe((line) => refused.push(line));
  } catch (error) {
    problems.push(reasonOf(error));
    return undefined;
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
