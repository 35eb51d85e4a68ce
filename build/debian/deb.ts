import { spawn } from 'node:child_process';
import { readTar, type TarEntry } from '../../lib/archive/tar.ts';
import { KitError } from '../../lib/errors/errors.ts';
import type { Work } from '../work/work.ts';
import { noApt } from './apt.ts';

/** The files of a .deb, as its archive has them; dpkg-deb knows every compression that Debian ever used. */
export async function* debEntries(deb: string, work: Work): AsyncGenerator<TarEntry> {
  const args = ['--fsys-tarfile', deb];
  const child = spawn('dpkg-deb', args, { stdio: ['ignore', 'pipe', 'pipe'], signal: work.signal });
  const said: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  // Without a handler of its own, a failed start would end the process before we come to wait for it.
  ended.catch(() => {});
  let broken: unknown;
  try {
    yield* readTar(child.stdout, deb);
  } catch (thrown) {
    // Half an archive, most often because dpkg-deb failed: that says why.
    broken = thrown;
  } finally {
    // The archive ends before dpkg-deb's padding does, or the reader has seen enough.
    child.stdout.resume();
  }
  const status = await ended.catch((cause: Error) => {
    work.signal.throwIfAborted();
    throw noApt('dpkg-deb', cause);
  });
  if (status !== 0) {
    throw new KitError(
      `Cannot run dpkg-deb --fsys-tarfile ${deb}: exit status ${status}\n${said.join('').trim()}`,
    );
  }
  if (broken !== undefined) throw broken;
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
