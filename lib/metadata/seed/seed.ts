import { reasonOf } from '../../errors/errors.ts';
import type { Volume } from '../../volumes/volume.ts';
import { maximalBytes, maximalSignature } from '../metadata.ts';
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
  readonly network: SeedFile | undefined;
  readonly notes: readonly string[];
  readonly problems: readonly string[];
}

/**
 * Reads a data volume of any layout; undefined when it has none of the files.
 * @throws RangeError when the volume is damaged, or none of its files can be read
 */
export async function readSeed(volume: Volume): Promise<Seed | undefined> {
  for (const layout of layouts) {
    const seed = await readLayout(volume, layout);
    if (seed) return seed;
  }
  return undefined;
}

async function readLayout(volume: Volume, layout: Layout): Promise<Seed | undefined> {
  const failures: unknown[] = [];
  const file = async (paths: readonly string[]): Promise<SeedFile | undefined> => {
    try {
      return await firstFile(volume, paths);
    } catch (error) {
      // A damaged file must not take the others away.
      failures.push(error);
      return undefined;
    }
  };
  const [userData, metaData] = [await file(layout.userData), await file(layout.metaData)];
  if (userData === undefined && metaData === undefined) {
    if (failures.length > 0) throw failures[0];
    return undefined;
  }
  const [vendorData, network] = [await file(layout.vendorData), await file(layout.network)];
  const notes = misnamed(await volume.names()).map(
    ([name, right]) => `not read: "${printable(name)}", since its name is not "${right}"`,
  );
  for (const [path, why] of layout.unobeyed) {
    const content = (await file([path]))?.content.toString('latin1').trim();
    // Tools write the file also where it asks for nothing.
    if (content && content !== '{}') notes.push(`not obeyed: ${path}: ${why}`);
  }
  return { userData, metaData, vendorData, network, notes, problems: failures.map(reasonOf) };
}

async function firstFile(volume: Volume, paths: readonly string[]): Promise<SeedFile | undefined> {
  for (const path of paths) {
    const content = await volume.read(path, maximalBytes);
    if (content) return { path, content, signature: await volume.read(`${path}.sig`, maximalSignature) };
  }
  return undefined;
}

/**
 * Why a volume has no data, for a message. One that was not labelled for it is only looked through for files
 * with a wrong name.
 */
export async function whyNoSeed(volume: Volume, isLabelled: boolean): Promise<string | undefined> {
  const names = await volume.names();
  const [wrong] = misnamed(names);
  if (wrong) return `it has "${printable(wrong[0])}", which must be named "${wrong[1]}"`;
  if (!isLabelled) return undefined;
  const found = names.length === 0 ? 'it is empty' : `it has ${listed(names)}`;
  return `it has neither user-data nor meta-data: ${found}`;
}
