import { constants, type Stats } from 'node:fs';
import { chmod, link, lstat, lutimes, mkdir, open, rename, symlink, unlink, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TarEntry } from '../archive/tar.ts';
import { codeOf, KitError } from '../errors/errors.ts';
import { type CopyDestination, destinationBelow, destinationFor } from './destination.ts';
import { fileError } from './file-error.ts';
import { removeDeadTemporaries, temporaryName } from './temporaries.ts';

export interface ReceiveOptions {
  readonly target: string;
  /** tree: entries of `sendTree`, placed by the rules of docker cp. archive: any, below a folder. */
  readonly kind: 'tree' | 'archive';
  /** The bits of modes that are kept: `0o777` drops setuid bits of untrusted archives. */
  readonly modeMask: number;
}

export interface Received {
  readonly files: number;
  readonly bytes: number;
  /** Devices and FIFOs, which are not created. */
  readonly skipped: number;
}

/**
 * Writes the entries of an archive, with their modes, times and links, owned by the user of this process. A
 * file appears under its name only when it is complete. No entry is written through a symbolic link, so none
 * leaves the folder.
 * @throws KitError that starts in lower case, to follow a colon
 */
export async function receiveTree(
  entries: AsyncIterable<TarEntry>,
  options: ReceiveOptions,
): Promise<Received> {
  let writer: TreeWriter | undefined;
  for await (const entry of entries) {
    writer ??= await TreeWriter.below(await destinationOf(entry, options), options.modeMask);
    await writer.put(entry);
  }
  if (!writer && options.kind === 'archive') await destinationBelow(options.target);
  return (await writer?.finish()) ?? { files: 0, bytes: 0, skipped: 0 };
}

const destinationOf = (first: TarEntry, { target, kind }: ReceiveOptions): Promise<CopyDestination> =>
  kind === 'archive' ? destinationBelow(target) : destinationFor(target, first);

class TreeWriter {
  readonly #destination: CopyDestination;
  readonly #modeMask: number;
  /** Names that were found to be folders, not symbolic links. Only this object changes them. */
  readonly #folders = new Set(['']);
  /** Created folders, which get their modes and times at the end, when all files are in them. */
  readonly #made: { readonly path: string; readonly mode: number; readonly mtime: number }[] = [];
  readonly #count = { files: 0, bytes: 0, skipped: 0 };

  constructor(destination: CopyDestination, modeMask: number) {
    this.#destination = destination;
    this.#modeMask = modeMask;
  }

  static async below(destination: CopyDestination, modeMask: number): Promise<TreeWriter> {
    await removeDeadTemporaries(destination.folder);
    return new TreeWriter(destination, modeMask);
  }

  async put(entry: TarEntry): Promise<void> {
    const name = this.#destination.nameOf(entry.path);
    if (name === '') return;
    const path = join(this.#destination.folder, name);
    try {
      await this.#ensureFolder(dirname(name));
      if (entry.type === 'directory') await this.#makeFolder(name, entry);
      else if (entry.type === 'file')
        await this.#replaceAtomically(name, (temporary) => this.#writeFile(temporary, entry));
      else if (entry.type === 'symlink')
        await this.#replaceAtomically(name, (temporary) => makeLink(temporary, entry));
      else if (entry.type === 'hardlink')
        await this.#replaceAtomically(name, (temporary) => this.#linkFile(temporary, entry));
      else this.#count.skipped += 1;
    } catch (thrown) {
      throw fileError('write', path, thrown);
    }
  }

  /** Children before their parents, whose modes may forbid access to them. */
  async finish(): Promise<Received> {
    for (const { path, mode, mtime } of this.#made.reverse()) {
      await chmod(path, mode);
      await utimes(path, mtime, mtime);
    }
    return this.#count;
  }

  async #makeFolder(name: string, { mode, mtime }: TarEntry): Promise<void> {
    if (!(await this.#ensureFolder(name))) return;
    this.#made.push({ path: join(this.#destination.folder, name), mode: mode & this.#modeMask, mtime });
  }

  /** Makes sure that a folder exists and is not a symbolic link. Resolves to whether it was created. */
  async #ensureFolder(name: string): Promise<boolean> {
    if (name === '.' || this.#folders.has(name)) return false;
    await this.#ensureFolder(dirname(name));
    const path = join(this.#destination.folder, name);
    const there = await statsOf(path);
    if (there && !there.isDirectory())
      throw new KitError(
        `cannot write "${path}": ${there.isSymbolicLink() ? 'a symbolic link' : 'a file'} is in the way`,
      );
    if (!there) await mkdir(path, 0o700);
    else await removeDeadTemporaries(path);
    this.#folders.add(name);
    return !there;
  }

  /** Creates a file under a temporary name, then renames it: under its name it is always complete. */
  async #replaceAtomically(name: string, make: (temporary: string) => Promise<void>): Promise<void> {
    const path = join(this.#destination.folder, name);
    const temporary = join(dirname(path), temporaryName());
    try {
      await make(temporary);
      await rename(temporary, path);
    } finally {
      // Even after a success: rename(2) leaves both names if they are links to the same file.
      await unlink(temporary).catch(() => {});
    }
    this.#count.files += 1;
  }

  async #writeFile(temporary: string, { body, mode, mtime }: TarEntry): Promise<void> {
    const file = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
    try {
      for await (const piece of body) {
        await file.writeFile(piece);
        this.#count.bytes += piece.length;
      }
      await file.chmod(mode & this.#modeMask);
      await file.utimes(mtime, mtime);
    } finally {
      await file.close();
    }
  }

  /** The link's target is an earlier entry. */
  async #linkFile(temporary: string, { linkname }: TarEntry): Promise<void> {
    const name = this.#destination.nameOf(linkname);
    await this.#ensureFolder(dirname(name));
    const other = join(this.#destination.folder, name);
    if (!(await statsOf(other))?.isFile())
      throw new KitError(`cannot link to "${other}": there is no such file`);
    await link(other, temporary);
  }
}

async function makeLink(temporary: string, { linkname, mtime }: TarEntry): Promise<void> {
  await symlink(linkname, temporary);
  await lutimes(temporary, mtime, mtime);
}

async function statsOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
}
