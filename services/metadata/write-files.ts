import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { reasonOf } from '../../lib/errors/errors.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import type { PlannedFile } from './user-data-plan.ts';

/** Writes the files below a folder, each atomically; returns the failures, one sentence each. */
export function writeFiles(folder: string, files: readonly PlannedFile[]): string[] {
  return files.flatMap(({ path, mode, content }) => {
    try {
      writeAtomically(join(folder, path), mode, content);
      return [];
    } catch (error) {
      return [`Cannot write "${path}": ${reasonOf(error)}`];
    }
  });
}

function writeAtomically(path: string, mode: number, content: Buffer): void {
  makeFolder(dirname(path));
  const temporary = `${path}.new`;
  // Created with mode 0600: other users must not be able to read a secret even for a moment. No fsync: the
  // folder is a tmpfs.
  writeFileSync(temporary, content, { mode: 0o600 });
  chmodSync(temporary, mode);
  renameSync(temporary, path);
}
