import { createWriteStream } from 'node:fs';
import { link, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { bodyBytes, type TarEntry } from '../../lib/archive/tar.ts';
import { forEachConcurrent } from '../host/concurrency.ts';
import type { Work } from '../work.ts';
import { debEntries, neverNeeded, usrMerged } from './deb.ts';
import { globMatcher } from './globs.ts';

/**
 * Unpacks .debs into a folder, with the links of a merged /usr. Files belong to the user who runs kit; setuid
 * bits and devices are left out.
 */
export async function unpackDebs(debs: readonly string[], folder: string, work: Work): Promise<void> {
  const unneeded = globMatcher(neverNeeded);
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    await mkdir(join(folder, 'usr', name), { recursive: true });
    await symlink(`usr/${name}`, join(folder, name));
  }
  await forEachConcurrent(debs, 3, async (deb) => {
    for await (const entry of debEntries(deb, work)) {
      if (!unneeded(`/${entry.path}`)) await writeEntry({ ...entry, path: usrMerged(entry.path) }, folder);
    }
  });
}

/** Bytes up to which a file is read into memory. */
const small = 1 << 20;

async function writeEntry(entry: TarEntry, folder: string): Promise<void> {
  const path = join(folder, entry.path);
  if (entry.type === 'directory') {
    await mkdir(path, { recursive: true });
    return;
  }
  await mkdir(dirname(path), { recursive: true });
  await rm(path, { force: true });
  if (entry.type === 'symlink') await symlink(entry.linkname, path);
  if (entry.type === 'hardlink') await link(join(folder, usrMerged(entry.linkname)), path);
  if (entry.type !== 'file') return;
  const mode = (entry.mode & 0o755) | 0o600;
  if (entry.size <= small) await writeFile(path, await bodyBytes(entry), { mode });
  else await pipeline(Readable.from(entry.body), createWriteStream(path, { mode }));
}
