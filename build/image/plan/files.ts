import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, posix, resolve } from 'node:path';
import { fileBody, type TarEntry, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { mapCollectingErrors } from '../../../lib/errors/map-collecting-errors.ts';
import { manifestValue, printManifest } from '../../manifest/print.ts';
import type { FileEntry, Located, Manifest } from '../../manifest/types.ts';
import { FieldError } from '../../spec/field-error.ts';
import { entryIds, type Ids, resolveId } from '../../spec/ids.ts';
import { resolveIn, type Tree } from '../../tree/tree.ts';
import { folderLike, parentsOf } from './skeleton.ts';

/** What `files:` may refer to. */
export interface FilesScope {
  readonly manifest: Manifest;
  readonly ids: Ids;
  /** The init images' root file system: folders that are there keep their mode and owner. */
  readonly root: Tree;
  /** Absolute folder where a relative `source` is looked for when the manifest's folder does not have it. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The entries of `files:`, each after the folders it needs. @throws KitErrors, KitError with the places of the entries */
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

/** A folder that a file brings along: as open as the file, with x wherever it has any bit; setuid is the file's own. */
export function folderOfFile(path: string, { mode, uid, gid }: TarEntry): TarEntry {
  const execute = [0o700, 0o070, 0o007].reduce((bits, mask) => bits | (mode & mask ? mask & 0o111 : 0), 0);
  return tarEntry({ path, type: 'directory', mode: (mode & 0o777) | execute, uid, gid });
}

/** One of `files:` without the folders around it; undefined when it is optional and not there. */
export async function fileEntry(
  { value, origin }: Located<FileEntry>,
  scope: FilesScope,
): Promise<TarEntry | undefined> {
  try {
    const path = placeOf(value.path, scope.root);
    if (path === '.') throw new FieldError(['path'], 'files cannot replace the root folder');
    const owner = {
      uid: resolveId(value.uid, scope.ids, ['uid']),
      gid: resolveId(value.gid, scope.ids, ['gid']),
    };
    const mode = Number.parseInt(value.mode ?? (value.directory ? '0700' : '0600'), 8);
    const content = await contentEntry(path, value, origin.folder, scope);
    return content && { ...content, ...owner, mode: content.type === 'symlink' ? 0o777 : mode };
  } catch (thrown) {
    throw thrown instanceof FieldError ? placed(thrown, origin) : thrown;
  }
}

/** All that is wrong with `files:` whatever the images hold: owners and sources that are not there. */
export async function fileErrors(
  manifest: Manifest,
  ground: Pick<FilesScope, 'cwd' | 'env'>,
): Promise<KitError[]> {
  const ids = entryIds(manifest);
  const errors = manifest.files.map(async ({ value, origin }): Promise<KitError[]> => {
    const checks = [
      async () => resolveId(value.uid, ids, ['uid']),
      async () => resolveId(value.gid, ids, ['gid']),
      async () => value.source !== undefined && needSource(value.source, value, origin.folder, ground),
    ];
    const ends = await Promise.allSettled(checks.map((check) => check()));
    return ends.flatMap((end) => {
      if (end.status === 'fulfilled') return [];
      if (end.reason instanceof FieldError) return [placed(end.reason, origin)];
      throw end.reason;
    });
  });
  return (await Promise.all(errors)).flat();
}

function placed(error: FieldError, { place }: Located<FileEntry>['origin']): KitError {
  return new KitError(error.message, { place: place(error.path), hint: error.hint, cause: error });
}

/** Symlinks of the image on the way are followed (`/bin/x` lands in `/usr/bin/x`), the last part is replaced. */
function placeOf(path: string, root: Tree): string {
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
  if (file.metadata === 'json') return textEntry(path, `${JSON.stringify(manifestValue(scope.manifest))}\n`);
  if (file.metadata === 'yaml') return textEntry(path, printManifest(scope.manifest));
  if (file.source === undefined) return textEntry(path, file.contents ?? '');
  const source = await needSource(file.source, file, folder, scope);
  return source && tarEntry({ path, size: source.size, body: fileBody(source.path) });
}

/** Undefined for an optional file that is not there. @throws FieldError */
async function needSource(
  source: string,
  { optional }: FileEntry,
  folder: string,
  ground: Pick<FilesScope, 'cwd' | 'env'>,
): Promise<{ path: string; size: number } | undefined> {
  const found = await findSource(source, folder, ground);
  if (found || optional) return found;
  const hint = `looked in "${folder}" and in the current folder`;
  throw new FieldError(['source'], `Cannot find file "${source}"`, hint);
}

async function findSource(
  source: string,
  folder: string,
  { cwd, env }: Pick<FilesScope, 'cwd' | 'env'>,
): Promise<{ path: string; size: number } | undefined> {
  const home = source.replace(/^~(?=\/)/, env.HOME ?? homedir());
  for (const path of new Set([resolve(folder, home), resolve(cwd, home)])) {
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile()) return { path, size: found.size };
    if (found) throw new FieldError(['source'], `Cannot copy "${source}": it is not a file`);
  }
  return undefined;
}

/** As the image has the folder, if it has. */
function parentEntry(path: string, file: TarEntry, root: Tree): TarEntry {
  return root.get(path)?.type === 'directory' ? folderLike(root, path) : folderOfFile(path, file);
}
