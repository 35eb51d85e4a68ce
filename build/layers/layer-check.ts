import { posix } from 'node:path';
import type { TarEntry } from '../../lib/archive/tar.ts';
import { KitError } from '../../lib/errors/errors.ts';

/** More paths than any system has; each costs memory here, and in the guest. */
const pathLimit = 2_000_000;
/** NAME_MAX and PATH_MAX of Linux, in bytes. */
const nameLimit = 255;
const targetLimit = 4095;
/** Of uids and gids. */
const idLimit = 0xffff_ffff;

/**
 * Looks at the entries of a foreign layer, in their order, and refuses what no honest image has: the archive's reader
 * has refused `..` and longer paths already. Device nodes and absolute links are no danger: nothing is ever unpacked on
 * the host, and in the guest they mean the container's own root.
 */
export class LayerCheck {
  private readonly files = new Set<string>();
  private readonly links = new Set<string>();
  private readonly layer: string;
  private paths = 0;

  /** @param layer what messages call it */
  constructor(layer: string) {
    this.layer = layer;
  }

  look(entry: TarEntry): void {
    const { path, type, linkname, uid, gid } = entry;
    this.paths += 1;
    if (this.paths > pathLimit) throw this.wrong(`it has more than ${pathLimit} files`);
    if (path.split('/').some(isTooLong))
      throw this.wrong(`the name "${short(path)}" is longer than ${nameLimit} bytes`);
    if (isBadWhiteout(posix.basename(path))) throw this.wrong(`"${short(path)}" removes no file`);
    if (uid > idLimit || gid > idLimit)
      throw this.wrong(`"${short(path)}" has an owner that Linux does not know`);
    if (Buffer.byteLength(linkname) > targetLimit) throw this.wrong(`"${short(path)}" links too far`);
    if (type === 'hardlink' && !this.files.has(linkname)) {
      throw this.wrong(
        `"${short(path)}" is another name of "${short(linkname)}", which is not there before it`,
      );
    }
    this.refuseBelowLink(path);
    if (type === 'symlink') this.links.add(path);
    else this.links.delete(path);
    if (type !== 'directory') this.files.add(path);
  }

  /** Whoever unpacks in order would follow the link, to wherever it leads. */
  private refuseBelowLink(path: string): void {
    if (this.links.size === 0) return;
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
      const folder = path.slice(0, at);
      if (this.links.has(folder))
        throw this.wrong(`"${short(path)}" lies below the symbolic link "${short(folder)}"`);
    }
  }

  private wrong(why: string): KitError {
    return new KitError(`Cannot use ${this.layer}: ${why}`);
  }
}

const isTooLong = (name: string): boolean =>
  name.length * 3 > nameLimit && Buffer.byteLength(name) > nameLimit;

/** AUFS's marks name what they remove: the name of a child. */
const isBadWhiteout = (name: string): boolean => /^\.wh\.\.{0,2}$/.test(name);

const short = (text: string): string => (text.length > 100 ? `${text.slice(0, 97)}…` : text);
