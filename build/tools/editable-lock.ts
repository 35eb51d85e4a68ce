import { createHash } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { writeWhole } from '../cache/write.ts';
import type { Work } from '../work.ts';

/**
 * The lock file of a tree: that of kit, or a copy in the cache where this user may not write beside it, as in
 * a package that npm has installed for all users. Otherwise such a kit would stop as soon as the mirror has
 * newer versions. Another version of kit has other locks, and begins with its own.
 */
export async function editableLock(lockFile: string, { cache, locked }: Work): Promise<string> {
  if (locked || (await mayWriteIn(dirname(lockFile)))) return lockFile;
  const content = await readFile(lockFile, 'utf8');
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const copy = join(cache.dir, 'tools-locks', `${hash}-${basename(lockFile)}`);
  if (existsSync(copy)) return copy;
  makeFolder(dirname(copy));
  await writeWhole(copy, content);
  return copy;
}

const mayWriteIn = (folder: string): Promise<boolean> =>
  access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
