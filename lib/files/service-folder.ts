import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { codeOf, KitError } from '../errors/errors.ts';
import { systemReason } from '../errors/system.ts';
import { readServiceFile } from './service-file.ts';

/** include/uapi/asm-generic/fcntl.h: a descriptor that only names a file; Node has no constant for it. */
const O_PATH = 0o10000000;
const { O_CREAT, O_DIRECTORY, O_EXCL, O_NOFOLLOW, O_RDONLY, O_WRONLY } = constants;
const newFile = O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY;

/**
 * A folder that a service can write, or whose parents it can, as programs of the machine use it: held by its
 * descriptor, with no symbolic link on the way to it or in it. So whatever the service puts there, no file
 * elsewhere is read, changed or created. Needs /proc. Names are single file names.
 */
export class ServiceFolder implements Disposable {
  readonly #folder: string;
  readonly #fd: number;

  /** `fd`: of the folder, which is closed with this. `open` and `make` are for callers. */
  constructor(folder: string, fd: number) {
    this.#folder = folder;
    this.#fd = fd;
  }

  /**
   * Undefined if there is no such folder, or a part of the path is a link.
   * @param path absolute, without `..`
   * @throws the system's error for anything else
   */
  static open(path: string): ServiceFolder | undefined {
    try {
      return new ServiceFolder(path, enter(path));
    } catch (thrown) {
      if (codeOf(thrown) === 'ENOENT' || codeOf(thrown) === 'ENOTDIR') return undefined;
      throw thrown;
    }
  }

  /**
   * As `open`; what is missing is made.
   * @param mode of every folder that is made, before the umask
   * @throws KitError
   */
  static make(path: string, mode: number): ServiceFolder {
    return reworded(path, () => new ServiceFolder(path, enter(path, mode)));
  }

  /** The text of a regular file of at most `limit` bytes; undefined for anything else. */
  read(name: string, limit: number): string | undefined {
    return readServiceFile(this.#path(name), limit);
  }

  /** The names in it. @throws the system's error */
  names(): string[] {
    return readdirSync(`/proc/self/fd/${this.#fd}`);
  }

  /** Makes an empty file in place of anything of that name that is no folder. @throws KitError */
  mark(name: string, mode: number): void {
    this.remove(name);
    this.#reworded(name, () => closeSync(openSync(this.#path(name), newFile, mode)));
  }

  /**
   * Replaces a file: readers see the old text or the whole new one, and after a crash of the machine one of
   * them is there.
   * @throws KitError
   */
  replace(name: string, text: string, mode: number): void {
    this.#reworded(name, () => {
      const fresh = `${name}.${randomBytes(6).toString('hex')}.new`;
      const fd = openSync(this.#path(fresh), newFile, mode);
      try {
        writeFileSync(fd, text);
        fsyncSync(fd);
        renameSync(this.#path(fresh), this.#path(name));
      } catch (thrown) {
        this.remove(fresh);
        throw thrown;
      } finally {
        closeSync(fd);
      }
      this.#sync();
    });
  }

  /** Removes a file or link, if it is there. @throws KitError, also for a folder */
  remove(name: string): void {
    this.#reworded(name, () => {
      try {
        unlinkSync(this.#path(name));
      } catch (thrown) {
        if (codeOf(thrown) !== 'ENOENT') throw thrown;
      }
    });
  }

  /**
   * A unix socket in it; undefined if there is no such file, or it is none. connect(2) takes `path`, which
   * leads to this socket and, unlike its name, to no other file.
   */
  socket(name: string): ({ readonly path: string } & Disposable) | undefined {
    let fd: number;
    try {
      fd = openSync(this.#path(name), O_PATH | O_NOFOLLOW);
    } catch {
      return undefined;
    }
    if (fstatSync(fd).isSocket())
      return { path: `/proc/self/fd/${fd}`, [Symbol.dispose]: () => closeSync(fd) };
    closeSync(fd);
    return undefined;
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd);
  }

  #reworded(name: string, act: () => void): void {
    reworded(`${this.#folder}/${name}`, act);
  }

  #path(name: string): string {
    if (name === '' || name === '.' || name === '..' || name.includes('/'))
      throw new TypeError(`"${name}" is not the name of a file`);
    return `/proc/self/fd/${this.#fd}/${name}`;
  }

  /** Makes a rename durable (fsync(2)). */
  #sync(): void {
    const fd = openSync(`/proc/self/fd/${this.#fd}`, O_RDONLY | O_DIRECTORY);
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  }
}

/** Opens part by part. @param makeMode of missing folders; undefined: they are not made */
function enter(path: string, makeMode?: number): number {
  const flags = O_PATH | O_DIRECTORY | O_NOFOLLOW;
  let fd = openSync('/', flags);
  try {
    for (const part of path.split('/')) {
      if (part === '' || part === '.') continue;
      if (part === '..') throw new TypeError(`"${path}" has a part ".."`);
      const next = `/proc/self/fd/${fd}/${part}`;
      if (makeMode !== undefined) makeIfMissing(next, makeMode);
      const below = openSync(next, flags);
      closeSync(fd);
      fd = below;
    }
    return fd;
  } catch (thrown) {
    closeSync(fd);
    throw thrown;
  }
}

function makeIfMissing(path: string, mode: number): void {
  try {
    mkdirSync(path, mode);
  } catch (thrown) {
    // On a read-only file system it may be there already; if not, opening it reports that.
    if (codeOf(thrown) !== 'EEXIST' && codeOf(thrown) !== 'EROFS') throw thrown;
  }
}

/** The system's errors name the descriptor, which says nothing to anybody. */
function reworded<Result>(path: string, act: () => Result): Result {
  try {
    return act();
  } catch (thrown) {
    if (thrown instanceof KitError || codeOf(thrown) === undefined) throw thrown;
    const why = codeOf(thrown) === 'ENOTDIR' ? 'a part of it is a link or a file' : systemReason(thrown);
    throw new KitError(`Cannot write "${path}": ${why}`, { cause: thrown });
  }
}
