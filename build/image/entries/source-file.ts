import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { homeDir } from '../../host/paths.ts';
import type { FileEntry } from '../../manifest/types.ts';
import { FieldError } from '../../spec/field-error.ts';

/** Where the sources of `files:` are looked for, after the manifest's own folder. */
export interface SourceFolders {
  /** Absolute folder that a relative `source` is tried against second. */
  readonly cwd: string;
  /** `HOME` replaces a leading `~`. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A file of the host. */
interface SourceFile {
  readonly path: string;
  readonly size: number;
}

/**
 * Finds the file that a `source` of `files:` means; undefined for a missing file that is optional.
 * @param folder of the manifest
 * @throws FieldError
 */
export async function needSource(
  source: string,
  { optional }: FileEntry,
  folder: string,
  folders: SourceFolders,
): Promise<SourceFile | undefined> {
  const found = await findSource(source, folder, folders);
  if (found || optional) return found;
  const hint = `looked in "${folder}" and in the current folder`;
  throw new FieldError(['source'], `Cannot find file "${source}"`, hint);
}

async function findSource(
  source: string,
  folder: string,
  { cwd, env }: SourceFolders,
): Promise<SourceFile | undefined> {
  const home = source.replace(/^~(?=\/)/, () => homeDir(env));
  for (const path of new Set([resolve(folder, home), resolve(cwd, home)])) {
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile()) return { path, size: found.size };
    if (found) throw new FieldError(['source'], `Cannot copy "${source}": it is not a file`);
  }
  return undefined;
}
