import { KitError } from '../../../lib/errors/errors.ts';
import type { RandomAccess } from '../../../lib/volumes/random-access.ts';

/** What an EROFS image says about a file. */
export interface ErofsInode {
  /** `usr/bin/node`; empty for the root. */
  readonly path: string;
  /** Names of one file have the same number. */
  readonly nid: bigint;
  /** Length of the content; 0 for devices. */
  readonly bytes: number;
  /**
   * What the content takes in the image: whole blocks of compressed data, as its inode counts them, or the
   * content itself.
   */
  readonly storedBytes: number;
  /** As in stat(2), with the type. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** A character or block device, other than the device 0:0, which is overlayfs's whiteout. */
  readonly isDevice: boolean;
}

/**
 * All inodes of an EROFS image, folders before their contents; a file with several names comes once for each.
 * Contents are not read. Names that would lead a program that unpacks the image elsewhere are refused.
 * (Documentation/filesystems/erofs.rst, fs/erofs/erofs_fs.h)
 * @param title what messages call the image
 * @throws KitError for a damaged image, and for one with more files than any system has
 */
export async function* erofsInodes(image: RandomAccess, title: string): AsyncGenerator<ErofsInode> {
  const wrong = (why: string): KitError => new KitError(`Cannot read EROFS image "${title}": ${why}`);
  const metadata = new Metadata(image, wrong);
  const root = await metadata.start();
  const seen = new Set([root]);
  const pending = [{ nid: root, path: '' }];
  for (let count = 1; ; count += 1) {
    const next = pending.pop();
    if (!next) return;
    if (count > inodeLimit) throw wrong(`it has more than ${inodeLimit} files`);
    const { inode, names } = await metadata.inode(next.nid);
    yield { ...inode, ...next };
    for (const { nid, isFolder, text } of names) {
      if (isFolder && seen.has(nid)) throw wrong('a folder has two names');
      if (isFolder) seen.add(nid);
      const path = next.path === '' ? text : `${next.path}/${text}`;
      if (path.length > pathLimit) throw wrong(`a path of more than ${pathLimit} characters`);
      pending.push({ nid, path });
    }
    if (pending.length > inodeLimit) throw wrong(`it has more than ${inodeLimit} files`);
  }
}

const inodeLimit = 2_000_000;
/** PATH_MAX: layers with longer paths are refused when they are unpacked, too. */
const pathLimit = 4096;
/** Bytes of a folder's entries. */
const folderLimit = 16 << 20;

const superblockAt = 1024;
const superMagic = 0xe0f5_e1e2;
/** Positions of inodes are multiples of this. */
const slotBytes = 32;
const direntBytes = 12;
/** EROFS_FT_DIR of struct erofs_dirent's file_type. */
const folderType = 2;
const modeType = 0o170000;
const modeFolder = 0o040000;
const modeChar = 0o020000;
const modeBlock = 0o060000;

/**
 * Data layouts of an inode (i_format, bits 1 to 3); a folder is `plain` or `inline`. The union i_u of those
 * that are compressed is the number of their blocks.
 */
const layouts = { plain: 0, compressedFull: 1, inline: 2, compressedCompact: 3 } as const;

interface Name {
  readonly text: string;
  readonly nid: bigint;
  readonly isFolder: boolean;
}

class Metadata {
  readonly #image: RandomAccess;
  readonly #wrong: (why: string) => KitError;
  readonly #windows = new Map<number, Buffer>();
  #blockBytes = 0;
  #inodesAt = 0;

  constructor(image: RandomAccess, wrong: (why: string) => KitError) {
    this.#image = image;
    this.#wrong = wrong;
  }

  /** Reads the superblock; returns the root folder's number. */
  async start(): Promise<bigint> {
    const block = await this.#read(superblockAt, 128);
    if (block.readUInt32LE(0) !== superMagic) throw this.#wrong('it has no EROFS superblock');
    const bits = block.readUInt8(12);
    if (bits < 9 || bits > 16) throw this.#wrong(`blocks of 2^${bits} bytes`);
    this.#blockBytes = 1 << bits;
    this.#inodesAt = block.readUInt32LE(40) * this.#blockBytes;
    return BigInt(block.readUInt16LE(14));
  }

  /** `names`: the entries of a folder without `.` and `..`. */
  async inode(
    nid: bigint,
  ): Promise<{ readonly inode: Omit<ErofsInode, 'path' | 'nid'>; readonly names: readonly Name[] }> {
    const at = this.#inodesAt + Number(nid) * slotBytes;
    if (!Number.isSafeInteger(at)) throw this.#wrong(`inode ${nid}`);
    const head = await this.#read(at, slotBytes);
    const format = head.readUInt16LE(0);
    const isExtended = (format & 1) === 1;
    const bytes = isExtended ? await this.#read(at, 2 * slotBytes) : head;
    const mode = bytes.readUInt16LE(4);
    const [uid, gid] = isExtended
      ? [bytes.readUInt32LE(24), bytes.readUInt32LE(28)]
      : [bytes.readUInt16LE(24), bytes.readUInt16LE(26)];
    const isSpecial = [modeChar, modeBlock].includes(mode & modeType);
    const size = isExtended ? Number(bytes.readBigUInt64LE(8)) : bytes.readUInt32LE(8);
    const layout = (format >> 1) & 7;
    const isCompressed = layout === layouts.compressedFull || layout === layouts.compressedCompact;
    const storedBytes = isCompressed ? bytes.readUInt32LE(16) * this.#blockBytes : size;
    const isDevice = isSpecial && bytes.readUInt32LE(16) !== 0;
    const inode = { bytes: size, storedBytes, mode, uid, gid, isDevice };
    if ((mode & modeType) !== modeFolder) return { inode, names: [] };
    // struct erofs_xattr_ibody_header is 12 bytes long, each slot of attributes 4.
    const attributes = bytes.readUInt16LE(2);
    const tailAt = at + bytes.length + (attributes === 0 ? 0 : 12 + 4 * (attributes - 1));
    return { inode, names: await this.#names(size, layout, bytes.readUInt32LE(16), tailAt) };
  }

  /**
   * A folder's blocks are separate tables of entries; with layout `inline` the last one follows the inode.
   */
  async #names(size: number, layout: number, firstBlock: number, tailAt: number): Promise<Name[]> {
    if (layout !== layouts.plain && layout !== layouts.inline)
      throw this.#wrong(`a folder of layout ${layout}`);
    if (size > folderLimit) throw this.#wrong(`a folder of ${size} bytes`);
    const names: Name[] = [];
    const texts = new Set<string>();
    for (let done = 0; done < size; done += this.#blockBytes) {
      const bytes = Math.min(this.#blockBytes, size - done);
      const isTail = layout === layouts.inline && done + this.#blockBytes > size;
      const block = await this.#read(isTail ? tailAt : firstBlock * this.#blockBytes + done, bytes);
      for (const name of this.#table(block)) {
        if (name.text === '' || name.text.includes('/') || texts.has(name.text))
          throw this.#wrong(`a folder has the name "${name.text}", or has it twice`);
        texts.add(name.text);
        if (name.text !== '.' && name.text !== '..') names.push(name);
      }
    }
    return names;
  }

  /**
   * struct erofs_dirent: u64 nid, u16 nameoff, u8 file_type, u8 reserved. The first name follows the last
   * entry.
   */
  #table(block: Buffer): Name[] {
    const namesAt = block.length < direntBytes ? 0 : block.readUInt16LE(8);
    if (namesAt < direntBytes || namesAt > block.length || namesAt % direntBytes !== 0)
      throw this.#wrong('a damaged folder');
    const starts = Array.from({ length: namesAt / direntBytes }, (_, entry) => entry * direntBytes);
    return starts.map((at) => {
      const from = block.readUInt16LE(at + 8);
      const to = at + direntBytes < namesAt ? block.readUInt16LE(at + direntBytes + 8) : block.length;
      const text = block.toString('latin1', from, to).replace(/\0.*/s, '');
      return { nid: block.readBigUInt64LE(at), isFolder: block.readUInt8(at + 10) === folderType, text };
    });
  }

  /** Inodes lie close to each other: they are read in windows. */
  async #read(at: number, count: number): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for (let done = 0; done < count; ) {
      const index = Math.floor((at + done) / windowBytes);
      const window = this.#windows.get(index) ?? (await this.#image.read(index * windowBytes, windowBytes));
      this.#windows.set(index, window);
      const offset = at + done - index * windowBytes;
      const piece = window.subarray(offset, offset + count - done);
      if (piece.length === 0) throw this.#wrong('it ends too early');
      pieces.push(piece);
      done += piece.length;
    }
    return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
  }
}

const windowBytes = 1 << 16;
