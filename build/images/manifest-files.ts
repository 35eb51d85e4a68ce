import type { Readable } from 'node:stream';
import { readManifests } from '../manifest/read.ts';
import type { Manifest } from '../manifest/types.ts';
import { packageNames } from '../packages/definition/template-names.ts';
import type { Work } from '../work.ts';
import { forProduction } from './for-production.ts';

/** Where manifests are read from. */
export interface ReadOptions {
  /** Absolute folder that the user's relative paths are resolved against. */
  readonly cwd: string;
  /** Read for the file name `-`. */
  readonly stdin?: Readable | undefined;
  /** Without the entries that are not for production. */
  readonly production?: boolean | undefined;
}

/**
 * Reads manifests, resolves their `@pkg:` templates to package names, and merges them left to right.
 * @param files paths, http(s) addresses, or `-`
 * @throws KitErrors, KitError
 */
export async function readManifestFiles(
  files: readonly string[],
  { cwd, stdin, production = false }: ReadOptions,
  work: Work,
): Promise<Manifest> {
  const notice = (line: string): void => work.progress.line(line);
  const manifest = await readManifests(files, { cwd, stdin, notice, ...packageNames(work) });
  return production ? forProduction(manifest, notice) : manifest;
}
