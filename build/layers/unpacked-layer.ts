import { existsSync } from 'node:fs';
import { chmod, lstat, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { keyHash } from '../cache/derived.ts';
import { withLock } from '../cache/file-lock.ts';
import { inScratch, renameOnce } from '../cache/scratch.ts';
import { unpackedFolder, unpackedLock } from '../cache/unpacked.ts';
import { runTool } from '../tools/command.ts';
import { toolsTree } from '../tools/tree.ts';
import type { Work } from '../work.ts';

/** Raise it when the folders change, so that those of an older kit are not used. */
const version = 1;

/**
 * The files of an EROFS image as a folder of the cache's `unpacked/`, unpacked once. They belong to the user
 * who runs kit, and their modes and times are kept, with two exceptions: nothing is setuid or setgid, since
 * the folder lies on the host, and its user may enter and change every folder, or could not remove it. Left
 * out are extended attributes and devices.
 * @param namespace a command that runs another with all capabilities in a user namespace, but not as its
 * root. With these, fsck.erofs makes hard links to files in closed folders; as root it would not leave out
 * devices that it cannot make.
 */
export async function unpackedLayer(
  file: string,
  work: Work,
  namespace: readonly string[] = [],
): Promise<string> {
  const tools = await toolsTree(work);
  const name = keyHash(`unpacked ${version} ${tools.hash} ${basename(dirname(file))} ${basename(file)}`);
  const folder = join(work.cache.dir, unpackedFolder, name);
  if (existsSync(folder)) return folder;
  return withLock(unpackedLock(folder), { signal: work.signal }, async () => {
    if (existsSync(folder)) return folder;
    await work.progress.task(`Unpack layer ${basename(file, '.erofs')}`, () =>
      inScratch(work.cache.dir, async (scratch) => {
        const made = join(scratch, 'made');
        const keep = ['--no-preserve-owner', '--preserve-perms', '--no-xattrs'];
        const options = { signal: work.signal, within: namespace };
        await runTool(tools, 'fsck.erofs', ['-d0', `--extract=${made}`, ...keep, file], options);
        await makeHarmless(Buffer.from(made));
        makeFolder(dirname(folder), 0o700);
        await renameOnce(made, folder);
      }),
    );
    return folder;
  });
}

/** Paths as bytes, since not every name is text. */
async function makeHarmless(folder: Buffer): Promise<void> {
  const { mode } = await lstat(folder);
  const wanted = (mode & 0o1777) | 0o700;
  if ((mode & 0o7777) !== wanted) await chmod(folder, wanted);
  for (const entry of await readdir(folder, { withFileTypes: true, encoding: 'buffer' })) {
    const path = Buffer.concat([folder, Buffer.from('/'), entry.name]);
    if (entry.isDirectory()) await makeHarmless(path);
    else if (entry.isFile()) {
      const { mode: fileMode } = await lstat(path);
      if (fileMode & 0o6000) await chmod(path, fileMode & 0o777);
    }
  }
}
