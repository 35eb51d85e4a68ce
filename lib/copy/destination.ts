import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { TarEntry } from '../archive/tar.ts';
import { codeOf, KitError } from '../errors/errors.ts';
import { fileError } from './file-error.ts';

/** Where the entries of an archive are written. */
export interface CopyDestination {
  /** An existing folder; absolute, without symbolic links. */
  readonly folder: string;
  /** The name of an entry below it: `site/index.html` may become `public/index.html`. */
  readonly nameOf: (path: string) => string;
}

/**
 * The destination of `kit cp`, by the rules of docker cp: into an existing folder; under the target's name if
 * the target does not exist; replacing a file.
 * @param first the first entry, which is the copied file or folder itself
 * @throws KitError that starts in lower case, to follow a colon
 */
export async function destinationFor(
  target: string,
  first: Pick<TarEntry, 'path' | 'type'>,
): Promise<CopyDestination> {
  const kind = await kindOf(target);
  if (kind === 'folder') return { folder: await real(target), nameOf: (path) => path };
  if (first.type === 'directory') {
    if (kind === 'file')
      throw new KitError(`cannot write "${target}": it is a file, and the source is a folder`);
    return renamed(resolve(target), first.path);
  }
  if (kind === 'nothing' && target.endsWith('/'))
    throw new KitError(`cannot write "${target}": there is no such folder`);
  return renamed(kind === 'file' ? await real(target) : resolve(target), first.path);
}

/** The destination of any other archive: below an existing folder. */
export async function destinationBelow(target: string): Promise<CopyDestination> {
  if ((await kindOf(target)) !== 'folder')
    throw new KitError(`cannot unpack into "${target}": there is no such folder`);
  return { folder: await real(target), nameOf: (path) => path };
}

async function renamed(path: string, from: string): Promise<CopyDestination> {
  const parent = dirname(path);
  if ((await kindOf(parent)) !== 'folder')
    throw new KitError(`cannot write "${path}": there is no folder "${parent}"`);
  const name = basename(path);
  const nameOf = (entry: string): string => {
    const below = from === '' ? entry : entry.slice(from.length + 1);
    return below === '' ? name : `${name}/${below}`;
  };
  return { folder: await real(parent), nameOf };
}

async function kindOf(path: string): Promise<'folder' | 'file' | 'nothing'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return 'nothing';
    throw fileError('write', path, thrown);
  }
}

async function real(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (thrown) {
    throw fileError('write', path, thrown);
  }
}
