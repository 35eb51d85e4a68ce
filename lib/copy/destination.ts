import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { TarEntry } from '../archive/tar.ts';
import { codeOf, KitError } from '../errors/errors.ts';
import { fileError } from './file-error.ts';

/** Where the entries of an archive go. */
export interface CopyDestination {
  /** A folder that is there; absolute, without links. */
  readonly folder: string;
  /** What an entry is called below it: `site/index.html` may become `public/index.html`. */
  readonly nameOf: (path: string) => string;
}

/**
 * Where `kit cp` puts what it copies, by docker cp's rules: into a folder that is there; as the target's own name where
 * there is nothing; over a file. @param first the whole that is copied: its name, and whether it is a folder
 * @throws KitError with half a sentence
 */
export async function destinationFor(
  target: string,
  first: Pick<TarEntry, 'path' | 'type'>,
): Promise<CopyDestination> {
  const kind = await kindOf(target);
  if (kind === 'folder') return { folder: await real(target), nameOf: (path) => path };
  if (first.type === 'directory') {
    if (kind === 'file')
      throw new KitError(`cannot write "${target}": a file is there, and a folder is copied`);
    return renamed(resolve(target), first.path);
  }
  if (kind === 'nothing' && target.endsWith('/'))
    throw new KitError(`cannot write "${target}": there is no such folder`);
  return renamed(kind === 'file' ? await real(target) : resolve(target), first.path);
}

/** For an archive of anything: below a folder that is there. */
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
