import type { TarEntry } from '../../../lib/archive/tar.ts';
import type { FileEntry, Located } from '../../manifest/types.ts';
import { type FilesScope, fileEntry, folderOfFile, modeOf } from '../entries/files.ts';
import { parentsOf } from '../entries/folders.ts';
import { createdTime, withProvenance } from '../plan/created.ts';

/**
 * `files:` as LinuxKit writes them: the folders of a path come before it, each once, with the file's owner
 * and a mode derived from the file's, even where an image has the folder already. (`etc/x` without a `mode:`
 * makes /etc 0700; the layered layout keeps the image's folders.)
 */
export async function* flatFiles(
  files: readonly Located<FileEntry>[],
  scope: FilesScope,
): AsyncGenerator<TarEntry> {
  const known = new Set<string>();
  for (const [at, file] of files.entries()) {
    const entry = await fileEntry(file, scope);
    if (!entry) continue;
    const provenance = { source: 'linuxkit.files', location: `files[${at}]` };
    // LinuxKit gives symlinks a mode, too, which has no effect.
    const created = { ...entry, mode: modeOf(file.value), mtime: createdTime, nanoseconds: 0 };
    for (const path of parentsOf(entry.path).filter((parent) => !known.has(parent))) {
      known.add(path);
      yield withProvenance(
        { ...folderOfFile(path, created), mtime: createdTime, nanoseconds: 0 },
        provenance,
      );
    }
    known.add(entry.path);
    yield withProvenance(created, provenance);
  }
}
