import { nameLength, type TarEntry } from '../../lib/archive/tar.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { isBadWhiteout, whiteoutAbove } from './unpacking/whiteout.ts';

/** More paths than any system has: each takes memory, here and in the guest. */
const pathLimit = 2_000_000;
/** NAME_MAX and PATH_MAX of Linux, in bytes. */
const nameLimit = 255;
const targetLimit = 4095;
/** The largest uid and gid. */
const idLimit = 0xffff_ffff;

/**
 * Checks the entries of a foreign layer, each by itself, and refuses those that occur only in malicious or
 * broken images. The tar reader has already refused `..` and longer paths. What an entry means depends on the
 * layers below: LayerUnpacking decides that. Device nodes and links to anywhere are allowed: nothing is
 * unpacked on the host, and in the guest they are relative to the container's own root.
 */
export class LayerCheck {
  readonly #layer: string;
  #paths = 0;

  /** @param layer name of the layer in messages */
  constructor(layer: string) {
    this.#layer = layer;
  }

  check(entry: TarEntry): void {
    const { path, linkname, uid, gid } = entry;
    this.#paths += 1;
    if (this.#paths > pathLimit) throw this.#wrong(`it has more than ${pathLimit} files`);
    if (path.split('/').some(isTooLong))
      throw this.#wrong(`the name "${short(path)}" is longer than ${nameLimit} bytes`);
    if (isBadWhiteout(path)) throw this.#wrong(`"${short(path)}" removes no file`);
    if (uid > idLimit || gid > idLimit)
      throw this.#wrong(`"${short(path)}" has an owner that Linux does not know`);
    if (nameLength(linkname) > targetLimit) throw this.#wrong(`"${short(path)}" links too far`);
    const whiteout = whiteoutAbove(path);
    if (whiteout !== undefined)
      throw this.#wrong(
        `"${short(path)}" lies below "${short(whiteout)}", which is no folder but a whiteout`,
      );
  }

  #wrong(why: string): KitError {
    return new KitError(`Cannot use ${this.#layer}: ${why}`);
  }
}

const isTooLong = (name: string): boolean => name.length * 3 > nameLimit && nameLength(name) > nameLimit;

const short = (text: string): string => (text.length > 100 ? `${text.slice(0, 97)}…` : text);
