import { readTar, type TarEntry } from '../../lib/archive/tar.ts';
import { programOutput } from '../host/program.ts';
import type { Work } from '../work/work.ts';
import { startError } from './apt.ts';

/** The files of a .deb, as its archive has them; dpkg-deb knows every compression that Debian ever used. */
export async function* debEntries(deb: string, { signal }: Work): AsyncGenerator<TarEntry> {
  try {
    yield* readTar(programOutput('dpkg-deb', ['--fsys-tarfile', deb], { signal }), deb);
  } catch (thrown) {
    throw startError('dpkg-deb', thrown);
  }
}

/** What no image and no tool needs: documentation, translations, and what only Debian's own tools read. */
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
 * Where a path lies on a system whose /bin, /sbin, /lib and /lib64 are links into /usr. Debian 13's packages are
 * made so already, but for a few.
 */
export function usrMerged(path: string): string {
  return path.replace(/^(bin|sbin|lib|lib64)(?=\/|$)/, 'usr/$1');
}
