import { createWriteStream } from 'node:fs';
import { link, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { bodyBytes, type TarEntry } from '../../lib/archive/tar.ts';
import type { Work } from '../work/work.ts';
import { debEntries, neverNeeded, usrMerged } from './deb.ts';
import { globMatcher } from './globs.ts';

/**
 * Unpacks .debs into a folder, as whoever runs kit: owners are not kept, nothing is setuid, devices are left out.
 * The links of a merged /usr are made as well.
 */
export async function unpackDebs(debs: readonly string[], folder: string, work: Work): Promise<void> {
  const unneeded = globMatcher(neverNeeded);
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    await mkdir(join(folder, 'usr', name), { recursive: true });
    await symlink(`usr/${name}`, join(folder, name));
  }
  const queue = [...debs];
  const lane = async (): Promise<void> => {
    for (let deb = queue.shift(); deb !== undefined; deb = queue.shift()) {
      for await (const entry of debEntries(deb, work)) {
        if (!unneeded(`/${entry.path}`)) await place({ ...entry, path: usrMerged(entry.path) }, folder);
      }
    }
  };
  const ended = await Promise.allSettled([lane(), lane(), lane()]);
  // Nothing writes any more when the first failure is told: the folder is about to be removed.
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}

/** Bytes up to which a file is written in one go. */
const small = 1 << 20;

async function place(entry: TarEntry, folder: string): Promise<void> {
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
