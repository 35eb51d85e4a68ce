import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { codeOf, KitError, reasonOf } from '../../lib/errors/errors.ts';
import type { DataVolume } from './data-volume.ts';

/** The user data of a file, and its signature if there is a file with `.sig` beside it. @throws KitError */
export async function readDataFile(path: string, cwd: string): Promise<Omit<DataVolume, 'name'>> {
  const data = await read(path, cwd);
  if (data === undefined) throw new KitError(`Cannot read "${path}": no such file`);
  return { data, signature: await read(`${path}.sig`, cwd) };
}

async function read(path: string, cwd: string): Promise<Buffer | undefined> {
  try {
    return await readFile(resolve(cwd, path));
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    throw new KitError(`Cannot read "${path}": ${reasonOf(thrown)}`, { cause: thrown });
  }
}
