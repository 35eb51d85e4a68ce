import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { nameOfBytes, pathOnDisk } from '../../../lib/archive/file-names.ts';
import { fileBody, type TarEntry, tarEntry, textEntry, writeTar } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import type { Descriptor } from '../../../lib/oci/types.ts';
import { layerAnnotation } from '../../cache/annotations.ts';
import type { Cache } from '../../cache/cache.ts';
import { shownPath } from '../definition/shown-path.ts';
import { pathsBelow } from '../inputs.ts';
import type { ProgramBundle } from './bundle.ts';

/** A layer with the program at its install path, the source map and all other files of the bundle. */
export function bundleLayer(cache: Cache, bundle: ProgramBundle, install: string): Promise<Descriptor> {
  const folder = dirname(install.slice(1));
  const files = bundle.files.map(({ name, content }) => textEntry(join(folder, name), content));
  const assets = (bundle.assets ?? []).map(({ source, path }) => fileEntry(source, path.slice(1)));
  const entries = new Map([...assets, ...files].map((entry) => [entry.path, entry]));
  const folders = [...entries.keys()].flatMap((path) => parents(dirname(path)));
  const all = new Map([...folders.map((entry) => [entry.path, entry] as const), ...entries]);
  return addLayer(cache, 'service', [...all.values()].sort(byPath));
}

const byPath = (a: TarEntry, b: TarEntry): number => (a.path < b.path ? -1 : 1);

/**
 * A layer with the contents of files/ at the root of the image, and symbolic links by their absolute paths.
 * Of the modes, only the executable bit counts, as for git.
 */
export function filesLayer(
  cache: Cache,
  filesDir: string,
  symlinks: Readonly<Record<string, string>> = {},
): Promise<Descriptor> {
  const [, ...paths] = pathsBelow(filesDir);
  const files = paths.map((path) => fileEntry(path, relative(filesDir, path)));
  const links = Object.entries(symlinks).flatMap(([at, linkname]) => {
    const path = at.slice(1);
    const link = tarEntry({ path, type: 'symlink', linkname });
    return path.includes('/') ? [...parents(dirname(path)), link] : [link];
  });
  const both = files.find(({ path }) => `/${path}` in symlinks);
  if (both) throw new KitError(`Cannot link "/${both.path}": files/ has it, too`);
  // Files last: the folders above a link may be among them.
  const byPath = new Map([...links, ...files].map((entry) => [entry.path, entry]));
  return addLayer(cache, 'files', [...byPath.values()].sort(byFolders));
}

/** A folder before its content, as when a tree is walked in the order of names. */
function byFolders({ path: a }: TarEntry, { path: b }: TarEntry): number {
  const [left, right] = [a, b].map((path) => path.replaceAll('/', '\0'));
  return (left ?? '') < (right ?? '') ? -1 : 1;
}

function fileEntry(file: string, path: string): TarEntry {
  const onDisk = pathOnDisk(file);
  const stats = lstatSync(onDisk);
  if (stats.isDirectory()) return tarEntry({ path, type: 'directory' });
  if (stats.isSymbolicLink()) {
    const linkname = nameOfBytes(readlinkSync(onDisk, { encoding: 'buffer' }));
    return tarEntry({ path, type: 'symlink', linkname });
  }
  if (!stats.isFile()) {
    throw new KitError(
      `Cannot put "${shownPath(file)}" into a layer: it is neither a file, a folder nor a symbolic link`,
    );
  }
  const mode = stats.mode & 0o100 ? 0o755 : 0o644;
  if (stats.size < 1 << 20) return textEntry(path, readFileSync(onDisk), mode);
  return tarEntry({ path, mode, size: stats.size, body: fileBody(file) });
}

/** `usr`, `usr/lib`, `usr/lib/kit` for `usr/lib/kit`. */
function parents(folder: string): TarEntry[] {
  const parts = folder.split('/');
  return parts.map((_part, at) => tarEntry({ path: parts.slice(0, at + 1).join('/'), type: 'directory' }));
}

function addLayer(cache: Cache, title: string, entries: Iterable<TarEntry>): Promise<Descriptor> {
  return cache.scratch(async (dir) => {
    const tar = join(dir, 'layer.tar');
    const written = await writeTar(tar, entries);
    return { ...(await cache.addFile(tar, undefined, written)), annotations: { [layerAnnotation]: title } };
  });
}
