import { cacheDir } from './paths.ts';
import { silent } from './progress.ts';
import { hostArch, type Work } from './work.ts';

/** Work as tests do it: in the user's own cache, whose tools they share, for this machine, without a word. */
export function testWork(part: Partial<Work> = {}): Work {
  const { signal } = new AbortController();
  const places = { cacheDir: cacheDir(process.env), env: process.env };
  return { ...places, signal, progress: silent, arch: hostArch, locked: false, ...part };
}
