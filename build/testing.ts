import { openCache } from './cache/cache.ts';
import { hostArch } from './host/arch.ts';
import { cacheDir } from './host/paths.ts';
import { silent } from './host/progress.ts';
import type { Work } from './work.ts';

/**
 * Work for tests: this machine's architecture, no progress, and the user's own cache, so that tests share its
 * tools.
 * @param part replaces fields; `cacheDir` is the folder of another cache
 */
export function testWork({
  cacheDir: dir = cacheDir(process.env),
  ...part
}: Partial<Work> & { readonly cacheDir?: string } = {}): Work {
  const { signal } = new AbortController();
  const cache = openCache(dir);
  return { cache, env: process.env, signal, progress: silent, arch: hostArch, locked: false, ...part };
}
