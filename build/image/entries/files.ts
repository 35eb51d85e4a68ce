import { join, posix } from 'node:path';
import { fileBody, type TarEntry, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import type { KitError } from '../../../lib/errors/errors.ts';
import { mapCollectingErrors } from '../../../lib/errors/map-collecting-errors.ts';
import { exactJson } from '../../../lib/json/exact-json.ts';
import { manifestValue, printManifest } from '../../manifest/print.ts';
import type { FileEntry, Located, Manifest } from '../../manifest/types.ts';
import { FieldError, fieldKitError } from '../../spec/field-error.ts';
import { entryIds, type Ids, resolveId } from '../../spec/ids.ts';
import { resolveIn, type Tree } from '../../tree/tree.ts';
import { folderLike, parentsOf } from './folders.ts';
import { needSource, type SourceFolders } from './source-file.ts';

/** The objects that `files:` may refer to. */
export interface FilesScope extends SourceFolders {
  readonly manifest: Manifest;
  readonly ids: Ids;
  /** The init images' root file system: its folders keep their mode and owner. */
  readonly root: Tree;
}

/**
 * The entries of `files:`, each after the folders it needs.
 * @throws KitErrors, KitError with the places of the entries
 */
export async function fileEntries(
  files: readonly Located<FileEntry>[],
  scope: FilesScope,
): Promise<TarEntry[]> {
  const entries = await mapCollectingErrors(files, async (file) => {
    const entry = await fileEntry(file, scope);
    if (!entry) return [];
    return [...parentsOf(entry.path).map((path) => parentEntry(path, entry, scope.root)), entry];
  });
  return entries.flat();
}

/**
 * A parent folder made for a file: it has the file's owner and mode, with x wherever the mode has any bit,
 * and without setuid, setgid and sticky.
 */
export function folderOfFile(path: string, { mode, uid, gid }: TarEntry): TarEntry {
  const execute = [0o700, 0o070, 0o007].reduce((bits, mask) => bits | (mode & mask ? mask & 0o111 : 0), 0);
  return tarEntry({ path, type: 'directory', mode: (mode & 0o777) | execute, uid, gid });
}

/** One entry of `files:` without its folders; undefined when it is optional and its source is missing. */
export async function fileEntry(
  { value, origin }: Located<FileEntry>,
  scope: FilesScope,
): Promise<TarEntry | undefined> {
  try {
    const path = targetPath(value.path, scope.root);
    if (path === '.') throw new FieldError(['path'], 'files cannot replace the root folder');
    const owner = {
      uid: resolveId(value.uid, scope.ids, ['uid']),
      gid: resolveId(value.gid, scope.ids, ['gid']),
    };
    const content = await contentEntry(path, value, origin.folder, scope);
    return content && { ...content, ...owner, mode: content.type === 'symlink' ? 0o777 : modeOf(value) };
  } catch (thrown) {
    throw thrown instanceof FieldError ? fieldKitError(thrown, origin) : thrown;
  }
}

/** The mode that an entry of `files:` gives, or the default of files and folders. */
export const modeOf = ({ mode, directory }: FileEntry): number =>
  Number.parseInt(mode ?? (directory ? '0700' : '0600'), 8);

/** The errors of `files:` that do not depend on the images: unknown owners and missing sources. */
export async function fileErrors(manifest: Manifest, folders: SourceFolders): Promise<KitError[]> {
  const ids = entryIds(manifest);
  const errors = manifest.files.map(async ({ value, origin }): Promise<KitError[]> => {
    const checks = [
      async () => resolveId(value.uid, ids, ['uid']),
      async () => resolveId(value.gid, ids, ['gid']),
      async () => value.source !== undefined && needSource(value.source, value, origin.folder, folders),
    ];
    const ends = await Promise.allSettled(checks.map((check) => check()));
    return ends.flatMap((end) => {
      if (end.status === 'fulfilled') return [];
      if (end.reason instanceof FieldError) return [fieldKitError(end.reason, origin)];
      throw end.reason;
    });
  });
  return (await Promise.all(errors)).flat();
}

/**
 * Follows the image's symlinks to the folder (`/bin/x` lands in `/usr/bin/x`); the last component is
 * replaced.
 */
function targetPath(path: string, root: Tree): string {
  const clean = posix.normalize(`/${path}`);
  return join(resolveIn(root, posix.dirname(clean)), posix.basename(clean));
}

async function contentEntry(
  path: string,
  file: FileEntry,
  folder: string,
  scope: FilesScope,
): Promise<TarEntry | undefined> {
  if (file.directory) return tarEntry({ path, type: 'directory' });
  if (file.symlink !== undefined) return tarEntry({ path, type: 'symlink', linkname: file.symlink });
  if (file.metadata === 'json') return textEntry(path, `${exactJson(manifestValue(scope.manifest))}\n`);
  if (file.metadata === 'yaml') return textEntry(path, printManifest(scope.manifest));
  if (file.source === undefined) return textEntry(path, file.contents ?? '');
  const source = await needSource(file.source, file, folder, scope);
  return source && tarEntry({ path, size: source.size, body: fileBody(source.path) });
}

/** With the mode and owner that the image's folder has, if there is one. */
function parentEntry(path: string, file: TarEntry, root: Tree): TarEntry {
  return root.get(path)?.type === 'directory' ? folderLike(root, path) : folderOfFile(path, file);
}
