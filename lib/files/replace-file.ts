import { renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from './make-folder.ts';

/**
 * Replaces a file at once: readers see the old or the new content. Makes missing folders.
 * @param flush on a disk, so that a power cut leaves one of the two as well; a tmpfs does not need it
 */
export function replaceFile(path: string, content: string, { flush = false } = {}): void {
  makeFolder(dirname(path));
  writeFileSync(`${path}.new`, content, { flush });
  renameSync(`${path}.new`, path);
}
