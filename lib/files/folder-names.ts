import { readdir } from 'node:fs/promises';
import { codeOf } from '../errors/errors.ts';

/** The names in a folder; none if it does not exist. @throws the system's error for anything else */
export async function folderNames(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return [];
    throw thrown;
  }
}
