import { randomBytes } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { chmod, link, lstat, lutimes, mkdir, open, rename, symlink, unlink, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TarEntry } from '../archive/tar.ts';
import { codeOf, KitError } from '../errors/errors.ts';
import { type CopyDestination, destinationBelow, destinationFor } from './destination.ts';
import { fileError } from './file-error.ts';

export interface ReceiveOptions {
  readonly target: string;
  /** tree: what `sendTree` gives, placed by docker cp's rules. archive: anything, below a folder that is there. */
  readonly kind: 'tree' | 'archive';
  /** Of the bits of a mode: `0o777` where setuid bits of a stranger must not arrive. */
  readonly modeMask: number;
}

export interface Received {
  readonly files: number;
  readonly bytes: number;
  /** Devices and FIFOs, which are not made. */
  readonly skipped: number;
}

/**
 * Writes the entries of an archive to where they belong, with their modes, times and links. A file appears under its name
 * when it is whole; no entry is written through a link, so none gets out of the folder. Owners are whoever we are.
 * @throws KitError with half a sentence
 */
export async function receiveTree(
  entries: AsyncIterable<TarEntry>,
  options: ReceiveOptions,
): Promise<Received> {
  let writer: TreeWriter | undefined;
  for await (const entry of entries) {
    writer ??= new TreeWriter(await place(entry, options), options.modeMask);
    await writer.put(entry);
  }
  if (!writer && options.kind === 'archive') await destinationBelow(options.target);
  return (await writer?.finish()) ?? { files: 0, bytes: 0, skipped: 0 };
}

const place = (first: TarEntry, { target, kind }: ReceiveOptions): Promise<CopyDestination> =>
  kind === 'archive' ? destinationBelow(target) : destinationFor(target, first);

class TreeWriter {
  private readonly place: CopyDestination;
  private readonly modeMask: number;
  /** Below the place, which were seen to be folders: nobody but the entries changes them. */
  private readonly folders = new Set(['']);
  /** Those that we made; they get their modes and times when all is in them. */
  private readonly made: { readonly path: string; readonly mode: number; readonly mtime: number }[] = [];
  private readonly count = { files: 0, bytes: 0, skipped: 0 };

  constructor(place: CopyDestination, modeMask: number) {
    this.place = place;
    this.modeMask = modeMask;
  }

  async put(entry: TarEntry): Promise<void> {
    const name = this.place.nameOf(entry.path);
    if (name === '') return;
    const path = join(this.place.folder, name);
    try {
      await this.folder(dirname(name));
      if (entry.type === 'directory') await this.makeFolder(name, entry);
      else if (entry.type === 'file')
        await this.beside(name, (temporary) => this.writeFile(temporary, entry));
      else if (entry.type === 'symlink') await this.beside(name, (temporary) => makeLink(temporary, entry));
      else if (entry.type === 'hardlink')
        await this.beside(name, (temporary) => this.linkFile(temporary, entry));
      else this.count.skipped += 1;
    } catch (thrown) {
      throw fileError('write', path, thrown);
    }
  }

  /** The last made first: a folder's time is that of the last change in it. */
  async finish(): Promise<Received> {
    for (const { path, mode, mtime } of this.made.reverse()) {
      await chmod(path, mode);
      await utimes(path, mtime, mtime);
    }
    return this.count;
  }

  private async makeFolder(name: string, { mode, mtime }: TarEntry): Promise<void> {
    if (!(await this.folder(name))) return;
    this.made.push({ path: join(this.place.folder, name), mode: mode & this.modeMask, mtime });
  }

  /** Sees to it that there is a folder, and no link to one. Resolves to whether it had to be made. */
  private async folder(name: string): Promise<boolean> {
    if (name === '.' || this.folders.has(name)) return false;
    await this.folder(dirname(name));
    const path = join(this.place.folder, name);
    const there = await statsOf(path);
    if (there && !there.isDirectory())
      throw new KitError(
        `cannot write "${path}": ${there.isSymbolicLink() ? 'a symbolic link' : 'a file'} is in the way`,
      );
    if (!there) await mkdir(path, 0o700);
    this.folders.add(name);
    return !there;
  }

  /** Made under another name in the same folder, so that its own only ever means something whole. */
  private async beside(name: string, make: (temporary: string) => Promise<void>): Promise<void> {
    const path = join(this.place.folder, name);
    const temporary = join(dirname(path), `.kit-cp-${randomBytes(6).toString('hex')}`);
    try {
      await make(temporary);
      await rename(temporary, path);
    } finally {
      // Also when all went well: of two names of one file rename(2) leaves both.
      await unlink(temporary).catch(() => {});
    }
    this.count.files += 1;
  }

  private async writeFile(temporary: string, { body, mode, mtime }: TarEntry): Promise<void> {
    const file = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
    try {
      for await (const piece of body) {
        await file.writeFile(piece);
        this.count.bytes += piece.length;
      }
      await file.chmod(mode & this.modeMask);
      await file.utimes(mtime, mtime);
    } finally {
      await file.close();
    }
  }

  /** Its other name is one of an entry before it. */
  private async linkFile(temporary: string, { linkname }: TarEntry): Promise<void> {
    const name = this.place.nameOf(linkname);
    await this.folder(dirname(name));
    const other = join(this.place.folder, name);
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
