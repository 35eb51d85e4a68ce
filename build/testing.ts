import { chmodSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
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

/**
 * Changes a byte in the middle of a file and leaves its mode and times, as a failing disk does. @returns what
 * undoes it
 */
export function flipByte(file: string): () => void {
  const { mode, atimeMs, mtimeMs } = statSync(file);
  const flip = (): void => {
    const bytes = readFileSync(file);
    const at = bytes.length >> 1;
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    chmodSync(file, 0o644);
    writeFileSync(file, bytes);
    chmodSync(file, mode & 0o777);
    utimesSync(file, atimeMs / 1000, mtimeMs / 1000);
  };
  flip();
  return flip;
}
