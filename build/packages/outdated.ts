import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hashAnnotation } from '../cache/annotations.ts';
import type { Ref } from '../cache/refs.ts';
import { readDepfile } from './depfile.ts';
import { removeIfGone } from './type-check/record.ts';

/**
 * Names of packages' images that are not the latest build of any folder. Also removes the depfiles and the
 * records of type checks of folders that no longer exist.
 */
export async function outdatedNames(cacheDir: string, refs: readonly Ref[]): Promise<string[]> {
  const current = await currentNames(join(cacheDir, 'packages'));
  const ours = refs.filter(({ descriptor }) => descriptor.annotations?.[hashAnnotation] !== undefined);
  return ours.map(({ name }) => name).filter((name) => !current.has(name));
}

async function currentNames(folder: string): Promise<Set<string>> {
  const names = new Set<string>();
  for (const file of existsSync(folder) ? await readdir(folder) : []) {
    const path = join(folder, file);
    if (/^types-[0-9a-f]+\.json$/.test(file)) await removeIfGone(path);
    if (!/^[0-9a-f]+\.json$/.test(file)) continue;
    const depfile = await readDepfile(path);
    if (depfile && existsSync(depfile.dir)) names.add(depfile.name);
    else await rm(path, { force: true });
  }
  return names;
}
