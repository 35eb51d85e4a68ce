import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { writeJson } from '../cache/write.ts';
import type { Arch } from '../host/arch.ts';
import { kitRoot } from '../host/paths.ts';
import { type RecordedInput, refreshInputs } from './inputs.ts';
import type { PackageId } from './write-image.ts';

/** The inputs of a package's last build and the resulting name. The cache has one for each package folder. */
export interface Depfile extends PackageId {
  /** Absolute folder of the package. */
  readonly dir: string;
  readonly bases: readonly { readonly dir: string; readonly hash: string }[];
  /** Null when one of them was written while being read: the package must then be planned again. */
  readonly inputs: readonly RecordedInput[] | null;
}

/** Raise it when the format or the meaning of a depfile changes. */
const version = 2;

export function depfilePath(cacheDir: string, dir: string, arch: Arch): string {
  const key = createHash('sha256')
    .update(JSON.stringify([version, kitRoot, dir, arch]))
    .digest('hex');
  return join(cacheDir, 'packages', `${key.slice(0, 32)}.json`);
}

export async function writeDepfile(file: string, depfile: Depfile): Promise<void> {
  makeFolder(dirname(file));
  await writeJson(file, { ...depfile, version });
}

/**
 * The depfile if no input has changed; does not check the bases. Files are read only when their stamps
 * differ; then their content decides, and the new stamps are stored.
 */
export async function freshDepfile(file: string): Promise<Depfile | undefined> {
  const depfile = await readDepfile(file);
  if (!depfile?.inputs) return undefined;
  const inputs = refreshInputs(depfile.inputs);
  if (!inputs) return undefined;
  const refreshed = { ...depfile, inputs };
  if (inputs !== depfile.inputs) await writeDepfile(file, refreshed);
  return refreshed;
}

/** Undefined when it is missing, damaged or of another version. */
export async function readDepfile(file: string): Promise<Depfile | undefined> {
  try {
    const found = JSON.parse(await readFile(file, 'utf8')) as Depfile & { version: number };
    return found.version === version ? found : undefined;
  } catch {
    // Missing or damaged: the package is planned again.
    return undefined;
  }
}
