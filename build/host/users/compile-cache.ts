import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { cacheDir } from '../paths.ts';
import { isPrivateFolder } from './private-folder.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The folder in kit's cache where Node keeps compiled code; NODE_COMPILE_CACHE names another. The code in it
 * is run without a look at its source, so undefined if anybody else could have written it.
 */
export function compiledFolder(env: Env): string | undefined {
  if (env.NODE_COMPILE_CACHE) return env.NODE_COMPILE_CACHE;
  try {
    const folder = join(cacheDir(env), 'compile');
    if (isPrivateFolder(folder)) return folder;
    makeFolder(folder, 0o700);
    return isPrivateFolder(folder) ? folder : undefined;
  } catch {
    // No home, a read-only file system: kit only starts a little later.
    return undefined;
  }
}

/**
 * Keeps compiled code of all that this process loads from here on, and of the Node programs it starts: it
 * halves the start-up time of the larger commands. Returns the folder, if there is one.
 */
export function keepCompiledCode(): string | undefined {
  const folder = compiledFolder(process.env);
  if (folder === undefined || process.env.NODE_COMPILE_CACHE) return folder;
  enableCompileCache(folder);
  process.env.NODE_COMPILE_CACHE = folder;
  return folder;
}
