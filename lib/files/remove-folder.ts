import { chmodSync, type Dirent, lstatSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { codeOf } from '../errors/errors.ts';

/**
 * Removes a folder with its content, also folders that are closed to their owner, as the layers of images
 * have them. No error if it does not exist.
 */
export async function removeFolder(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true });
  } catch (thrown) {
    if (!isClosed(thrown)) throw thrown;
    removeClosed(path);
  }
}

/** `removeFolder` without a pause, for the end of a process. */
export function removeFolderSync(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (thrown) {
    if (!isClosed(thrown)) throw thrown;
    removeClosed(path);
  }
}

// ENOTEMPTY: as removing what is in a folder has failed.
const isClosed = (thrown: unknown): boolean =>
  ['EACCES', 'EPERM', 'ENOTEMPTY'].includes(codeOf(thrown) ?? '');

function removeClosed(path: string): void {
  openFolders(Buffer.from(path));
  rmSync(path, { recursive: true, force: true });
}

/** Names as bytes, since those of files in layers are not always text. */
function openFolders(path: Buffer): void {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  chmodSync(path, 0o700);
  const entries: Dirent<Buffer>[] = readdirSync(path, { withFileTypes: true, encoding: 'buffer' });
  for (const entry of entries)
    if (entry.isDirectory()) openFolders(Buffer.concat([path, Buffer.from('/'), entry.name]));
}
