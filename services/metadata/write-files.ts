import { chmodSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { reasonOf } from '../../lib/errors/errors.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { folderModes } from '../../lib/metadata/folder-modes.ts';
import type { MetadataPlan } from '../../lib/metadata/plan.ts';

/** Writes the files below a folder, each atomically; returns the failures, one sentence each. */
export function writeFiles(
  folder: string,
  { files, folders }: Pick<MetadataPlan, 'files' | 'folders'>,
): string[] {
  makeFolder(folder);
  const attempt = (path: string, write: (path: string) => void): string[] => {
    try {
      write(join(folder, path));
      return [];
    } catch (error) {
      return [`Cannot write "${path}": ${reasonOf(error)}`];
    }
  };
  return [
    ...[...folderModes(files, folders)].flatMap(([path, mode]) =>
      attempt(path, (whole) => makeFolderWithMode(whole, mode)),
    ),
    ...files.flatMap(({ path, mode, content }) =>
      attempt(path, (whole) => writeAtomically(whole, mode, content)),
    ),
  ];
}

/** Whatever the umask; a folder that is there gets the mode, too. */
function makeFolderWithMode(path: string, mode: number): void {
  makeFolder(path, 0o700);
  chmodSync(path, mode);
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
