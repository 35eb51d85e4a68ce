import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { bodyBytes, fileBody, type TarEntry, tarEntry } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { debEntries, neverNeeded, usrMerged } from '../../debian/deb.ts';
import { globMatcher } from '../../debian/globs.ts';
import { xzOf } from '../../tools/xz.ts';
import type { Work } from '../../work.ts';

/** Files by path. Their content can be read more than once. */
export type SpooledFiles = Map<string, SpooledEntry>;

/** A `TarEntry` with its content in memory or in a file of the scratch folder. */
export interface SpooledEntry extends Omit<TarEntry, 'body'> {
  readonly content: Buffer | { readonly file: string } | undefined;
}

/** The fields of a source that select files. */
interface FileSelection {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Left out besides; absent: documentation and the like. */
  readonly never?: readonly string[];
}

/**
 * The selected files of the .debs, for a merged /usr, with their parent folders. Large files are kept in
 * `scratch`. Times are 0, so that a layer's digest does not depend on when a package was built.
 */
export async function spoolDebs(
  debs: readonly string[],
  selection: FileSelection,
  scratch: string,
  work: Work,
): Promise<SpooledFiles> {
  const isSelected = selector(selection);
  const xz = await xzOf(work);
  const files: SpooledFiles = new Map();
  const folders: SpooledFiles = new Map();
  for (const deb of debs) {
    for await (const raw of debEntries(deb, xz, work)) {
      const entry = { ...raw, path: usrMerged(raw.path), linkname: linkOf(raw), mtime: 0, nanoseconds: 0 };
      const isFolder = entry.type === 'directory';
      if (isFolder && !folders.has(entry.path)) folders.set(entry.path, { ...entry, content: undefined });
      if (!isSelected(`/${entry.path}`) || (isFolder && files.has(entry.path))) continue;
      files.set(entry.path, await spool(entry, join(scratch, String(files.size))));
    }
  }
  checkHardLinks(files);
  return withParents(files, folders);
}

/** The entry for the archive writer. */
export function unspooled({ content, ...entry }: SpooledEntry): TarEntry {
  const body = content === undefined ? [] : Buffer.isBuffer(content) ? [content] : fileBody(content.file);
  return { ...entry, body };
}

/** An entry that is in no package. */
export function spooledEntry(part: Partial<SpooledEntry> & Pick<SpooledEntry, 'path'>): SpooledEntry {
  const { body: _none, ...entry } = tarEntry({ path: part.path, type: part.type ?? 'file' });
  return { ...entry, content: undefined, ...part };
}

/**
 * Adds the parent folders of every file, as in `folders`, else owned by root with mode 0755. The root folder
 * is left out.
 */
export function withParents(files: SpooledFiles, folders: SpooledFiles = new Map()): SpooledFiles {
  const all: SpooledFiles = new Map(files);
  for (const path of files.keys()) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const parent = path.slice(0, end);
      if (all.has(parent)) continue;
      all.set(parent, folders.get(parent) ?? spooledEntry({ path: parent, type: 'directory' }));
    }
  }
  all.delete('');
  return all;
}

function selector({ include, exclude, never = neverNeeded }: FileSelection): (path: string) => boolean {
  const [included, excluded] = [globMatcher(include), globMatcher([...never, ...exclude])];
  return (path) => !excluded(path) && (include.length === 0 || included(path));
}

function linkOf({ type, linkname }: TarEntry): string {
  return type === 'hardlink' ? usrMerged(linkname) : linkname;
}

/** Bytes up to which a file is kept in memory. */
const small = 1 << 18;

async function spool(entry: TarEntry, file: string): Promise<SpooledEntry> {
  const { body, ...rest } = entry;
  if (entry.type !== 'file') return { ...rest, content: undefined };
  if (entry.size <= small) return { ...rest, content: await bodyBytes(entry) };
  await pipeline(Readable.from(body), createWriteStream(file));
  return { ...rest, content: { file } };
}

/** Of several hard links, the first in the layer's order must be the file itself. */
function checkHardLinks(files: SpooledFiles): void {
  for (const [path, { type, linkname, ...rest }] of files) {
    if (type !== 'hardlink') continue;
    const target = files.get(linkname);
    if (!target) {
      throw new KitError(`Cannot take "/${path}": it is a hard link to "/${linkname}", which is left out`);
    }
    if (linkname < path) continue;
    files.set(path, { ...target, path });
    files.set(linkname, { ...rest, path: linkname, type, linkname: path, size: 0, content: undefined });
  }
}
