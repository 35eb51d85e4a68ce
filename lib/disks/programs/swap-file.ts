import { closeSync, constants, fsyncSync, lstatSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { KitError, reasonOf } from '../../errors/errors.ts';
import { makeFolder } from '../../files/make-folder.ts';
import { allocate } from '../../linux/io/allocate.ts';
import { describeContent } from '../observe/content.ts';
import { type RunProgram, succeed } from '../run-program.ts';
import { contentOf } from './content-of.ts';

/**
 * Makes a file for swap space, unless there is one of this size. It gets its name once it is complete, so a
 * file of that name without swap space is somebody's data, and is refused.
 * @param shown the path for errors @throws KitError
 */
export async function makeSwapFile(
  path: string,
  bytes: number,
  run: RunProgram,
  shown: string = path,
): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found) {
    const content = found.isFile() ? await contentOf(path, run) : undefined;
    if (content?.kind !== 'file system' || content.type !== 'swap') {
      const what = content && content.kind !== 'nothing' ? describeContent(content) : 'no swap space';
      throw new KitError(`Cannot swap to "${shown}": it holds ${what}`, {
        hint: 'remove it, or choose another path',
      });
    }
    if (found.size === bytes) return;
  }
  makeFolder(dirname(path));
  const unfinished = `${path}.unfinished`;
  rmSync(unfinished, { force: true });
  try {
    reserve(unfinished, bytes);
    await succeed(run, `make swap space of "${shown}"`, ['mkswap', '--quiet', unfinished]);
    renameSync(unfinished, path);
  } catch (thrown) {
    rmSync(unfinished, { force: true });
    if (thrown instanceof KitError) throw thrown;
    throw new KitError(`Cannot make "${shown}" of ${bytes} bytes: ${reasonOf(thrown)}`, { cause: thrown });
  }
}

/** Swap space may have no holes. */
function reserve(path: string, bytes: number): void {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const fd = openSync(path, flags, 0o600);
  try {
    allocate(fd, bytes, path);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
