import { readTar, type TarEntry } from '../../lib/archive/tar.ts';
import { programOutput } from '../host/program.ts';
import type { Work } from '../work.ts';
import { startError } from './apt.ts';

/**
 * The entries of a .deb's data archive. dpkg-deb decompresses: it knows every compression that Debian has
 * used.
 */
export async function* debEntries(deb: string, { signal }: Work): AsyncGenerator<TarEntry> {
  try {
    yield* readTar(programOutput('dpkg-deb', ['--fsys-tarfile', deb], { signal }), deb);
  } catch (thrown) {
    throw startError('dpkg-deb', thrown);
  }
}

/**
 * Globs of files that neither images nor tools need: documentation, translations, data of Debian's own tools.
 */
export const neverNeeded = [
  'doc',
  'man',
  'info',
  'locale',
  'lintian',
  'bug',
  'doc-base',
  'menu',
  'bash-completion',
].map((name) => `/usr/share/${name}/**`);

/**
 * The path on a system with merged /usr, whose /bin, /sbin, /lib and /lib64 are links. All but a few packages
 * of Debian 13 have such paths already.
 */
export function usrMerged(path: string): string {
  return path.replace(/^(bin|sbin|lib|lib64)(?=\/|$)/, 'usr/$1');
}
