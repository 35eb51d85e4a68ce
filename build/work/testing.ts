import { hostArch } from '../host/arch.ts';
import { cacheDir } from '../host/paths.ts';
import { silent } from '../host/progress.ts';
import type { Work } from './work.ts';

/** Work as tests do it: in the user's own cache, whose tools they share, for this machine, without a word. */
export function testWork(part: Partial<Work> = {}): Work {
  const { signal } = new AbortController();
  const places = { cacheDir: cacheDir(process.env), env: process.env };
  return { ...places, signal, progress: silent, arch: hostArch, locked: false, ...part };
}
