import { reasonOf } from '../../../lib/errors/errors.ts';
import type { Volume } from '../../../lib/volumes/volume.ts';
import { maximalBytes, maximalSignature } from '../provider.ts';
import { listed, printable } from '../user-data/listed.ts';
import { type Layout, layouts, misnamed } from './layouts.ts';

/** A file of a data volume, not judged yet. */
export interface SeedFile {
  readonly path: string;
  readonly content: Buffer;
  /** The content of the file beside it whose name ends in `.sig`. */
  readonly signature: Buffer | undefined;
}

/** The files of a data volume that has user data, metadata or both. */
export interface Seed {
  readonly userData: SeedFile | undefined;
  readonly metaData: SeedFile | undefined;
  readonly vendorData: SeedFile | undefined;
  readonly notes: readonly string[];
  readonly problems: readonly string[];
}

/**
 * Reads a data volume of any layout; undefined when it has none of the files.
 * @throws RangeError when the volume is damaged, or its user data cannot be read
 */
export async function readSeed(volume: Volume): Promise<Seed | undefined> {
  for (const layout of layouts) {
    const seed = await readLayout(volume, layout);
    if (seed) return seed;
  }
  return undefined;
}

async function readLayout(volume: Volume, layout: Layout): Promise<Seed | undefined> {
  const problems: string[] = [];
  const userData = await firstFile(volume, layout.userData);
  const metaData = await optionalFile(volume, layout.metaData, problems);
  if (userData === undefined && metaData === undefined && problems.length === 0) return undefined;
  const vendorData = await optionalFile(volume, layout.vendorData, problems);
  const network = await optionalFile(volume, layout.network, problems);
  const notes = misnamed(await volume.names()).map(
    ([name, right]) => `not read: "${printable(name)}", since its name is not "${right}"`,
  );
  if (network)
    notes.push(`not obeyed: ${network.path}: the manifest and DHCP give the machine its addresses`);
  return { userData, metaData, vendorData, notes, problems };
}

/** A file whose damage must not take the user data away. */
async function optionalFile(
  volume: Volume,
  paths: readonly string[],
  problems: string[],
): Promise<SeedFile | undefined> {
  try {
    return await firstFile(volume, paths);
  } catch (error) {
    problems.push(reasonOf(error));
    return undefined;
  }
}

async function firstFile(volume: Volume, paths: readonly string[]): Promise<SeedFile | undefined> {
  for (const path of paths) {
    const content = await volume.read(path, maximalBytes);
    if (content) return { path, content, signature: await volume.read(`${path}.sig`, maximalSignature) };
  }
  return undefined;
}

/** Why a volume that should have data has none, for a message. */
export async function whyNoSeed(volume: Volume): Promise<string> {
  const names = await volume.names();
  const [wrong] = misnamed(names);
  if (wrong) return `it has "${printable(wrong[0])}", which must be named "${wrong[1]}"`;
  const found = names.length === 0 ? 'it is empty' : `it has ${listed(names)}`;
  return `it has neither user-data nor meta-data: ${found}`;
}
