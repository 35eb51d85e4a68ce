import type { TarEntry } from '../../../lib/archive/tar.ts';
import type { FileEntry, Located } from '../../manifest/types.ts';
import { createdTime, withOrigin } from '../plan/created.ts';
import { type FilesScope, fileEntry, folderOfFile } from '../plan/files.ts';
import { parentsOf } from '../plan/skeleton.ts';

/**
 * `files:` as LinuxKit writes them: each new path is preceded by its folders, with owner and mode after the file's, even
 * where an image has the folder already. (`etc/x` without a `mode:` makes /etc 0700; the layered layout keeps folders.)
 */
export async function* flatFiles(
  files: readonly Located<FileEntry>[],
  scope: FilesScope,
): AsyncGenerator<TarEntry> {
  const known = new Set<string>();
  for (const [at, file] of files.entries()) {
    const entry = await fileEntry(file, scope);
    if (!entry) continue;
    const origin = { source: 'linuxkit.files', location: `files[${at}]` };
    const asGiven = { ...entry, mode: modeOf(file.value), mtime: createdTime };
    for (const path of parentsOf(entry.path).filter((parent) => !known.has(parent))) {
      known.add(path);
      yield withOrigin({ ...folderOfFile(path, asGiven), mtime: createdTime }, origin);
    }
    known.add(entry.path);
    yield withOrigin(asGiven, origin);
  }
}

/** Symbolic links have the mode of a file, too: it means nothing. */
function modeOf({ mode, directory }: FileEntry): number {
  return Number.parseInt(mode ?? (directory ? '0700' : '0600'), 8);
}
