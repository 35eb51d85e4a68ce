import { createWriteStream } from 'node:fs';
import { link, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { bodyBytes, type TarEntry } from '../../lib/archive/tar.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { forEachConcurrent } from '../host/concurrency.ts';
import type { Work } from '../work.ts';
import { debEntries, neverNeeded, usrMerged, type Xz } from './deb.ts';
import { globMatcher } from './globs.ts';

/**
 * Unpacks .debs into a folder, with the links of a merged /usr. Files belong to the user who runs kit; setuid
 * bits and devices are left out.
 * @throws KitError for a package with a file behind a link that leads out of the folder
 */
export async function unpackDebs(debs: readonly string[], folder: string, xz: Xz, work: Work): Promise<void> {
  const unneeded = globMatcher(neverNeeded);
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    makeFolder(join(folder, 'usr', name));
    await symlink(`usr/${name}`, join(folder, name));
  }
  const root = await realpath(folder);
  await forEachConcurrent(debs, 3, async (deb) => {
    for await (const entry of debEntries(deb, xz, work)) {
      if (!unneeded(`/${entry.path}`)) await writeEntry({ ...entry, path: usrMerged(entry.path) }, root);
    }
  });
}

/** Bytes up to which a file is read into memory. */
const small = 1 << 20;

async function writeEntry(entry: TarEntry, root: string): Promise<void> {
  const path = await pathWithin(root, entry.path);
  if (entry.type === 'directory') {
    makeFolder(path);
    return;
  }
  await rm(path, { force: true });
  if (entry.type === 'symlink') await symlink(entry.linkname, path);
  if (entry.type === 'hardlink') await link(await pathWithin(root, usrMerged(entry.linkname)), path);
  if (entry.type !== 'file') return;
  const mode = (entry.mode & 0o755) | 0o600;
  if (entry.size <= small) await writeFile(path, await bodyBytes(entry), { mode });
  else await pipeline(Readable.from(entry.body), createWriteStream(path, { mode }));
}

/** Makes the parent folder. It may be a link of another package, but only to a folder below the root. */
async function pathWithin(root: string, path: string): Promise<string> {
  if (path === '') return root;
  const parent = dirname(join(root, path));
  const isThere = await realpath(parent).catch(() => undefined);
  if (isThere === undefined) {
    await pathWithin(root, dirname(path) === '.' ? '' : dirname(path));
    makeFolder(parent);
  }
  const real = isThere ?? (await realpath(parent));
  if (real === root || real.startsWith(`${root}/`)) return join(root, path);
  throw new KitError(`Cannot unpack "/${path}" of a Debian package: its folder is a link out of the tree`);
}
