import type { TarEntry } from '../archive/tar.ts';
import { KitError } from '../errors/errors.ts';

/**
 * The entries of a tree: the file or folder called `name`, then only what is below it. A sender that is not
 * trusted may send any name; without this check it would choose what is written into the target.
 * @param name the name that was asked for; absent: that of the first entry
 * @throws KitError to follow a colon
 */
export async function* entriesOfTree(
  entries: AsyncIterable<TarEntry>,
  name?: string,
): AsyncGenerator<TarEntry> {
  let top: Pick<TarEntry, 'path' | 'type'> | undefined;
  for await (const entry of entries) {
    if (!top) top = checkTop(entry, name);
    else if (top.type !== 'directory' || !isBelow(entry.path, top.path)) throw unasked(entry.path, top.path);
    // `sendTree` sends none, and one could give a file that is already here a second name.
    if (entry.type === 'hardlink') throw new KitError(`the sender sent "${entry.path}" as a hard link`);
    yield entry;
  }
}

function checkTop(entry: TarEntry, asked: string | undefined): TarEntry {
  const name = asked ?? entry.path;
  // The empty name means the contents of a folder.
  if (entry.path !== name || (name === '' && entry.type !== 'directory')) throw unasked(entry.path, name);
  if (asked === undefined || entry.type !== 'symlink') return entry;
  throw new KitError('the source is a symbolic link, which could lead anywhere on this host', {
    hint: '-L copies what it points to; kit cp … - | tar x makes the link',
  });
}

const isBelow = (path: string, top: string): boolean =>
  top === '' ? path !== '' : path.startsWith(`${top}/`);

const unasked = (sent: string, asked: string): KitError =>
  new KitError(`the sender sent "${sent}", which is no part of "${asked || '.'}"`);

/**
 * Whether an entry is a symbolic link that could lead out of its tree, whatever else is in the tree. One that
 * cannot goes up only at its beginning, where each part of its path is a real folder of the tree, and not
 * above the top.
 * @param top the path of the first entry
 */
export function leadsOut({ type, path, linkname }: TarEntry, top: string): boolean {
  if (type !== 'symlink') return false;
  const depth = path.split('/').length - (top === '' ? 1 : 2);
  const parts = linkname.split('/').filter((part) => part !== '' && part !== '.');
  const down = parts.findIndex((part) => part !== '..');
  const ups = down === -1 ? parts.length : down;
  return linkname.startsWith('/') || ups > depth || parts.slice(ups).includes('..');
}
