import type { TarEntry, TarType } from './tar-entry.ts';

/**
 * The 512-byte header of POSIX.1-1988 ("ustar"), as pax(1) lays it out:
 *
 *   0 name[100]   100 mode[8]   108 uid[8]   116 gid[8]   124 size[12]   136 mtime[12]   148 checksum[8]
 *   156 typeflag   157 linkname[100]   257 "ustar\0" "00"   265 uname[32]   297 gname[32]
 *   329 devmajor[8]   337 devminor[8]   345 prefix[155]
 *
 * Numbers are octal text; GNU tar writes large ones in base 256, with the first bit set.
 */
export interface RawHeader extends Omit<TarEntry, 'type' | 'pax' | 'body'> {
  /** One character: `0` file, `5` directory, `x` PAX records of the next entry… */
  readonly flag: string;
}

export const blockSize = 512;

/** Of ustar, PAX and GNU archives: behind it come a zero, or for GNU a space. */
const magic = 'ustar';
const magicAt = 257;

/** Whether a file begins with the header of a tar; those of before 1988 have no magic number. */
export const isTar = (head: Buffer): boolean =>
  head.toString('latin1', magicAt, magicAt + magic.length) === magic;

/** Type flags that describe a file; the others describe the entry that follows. */
export const typeByFlag: Readonly<Record<string, TarType>> = {
  '0': 'file',
  '\0': 'file',
  '7': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'char',
  '4': 'block',
  '5': 'directory',
  '6': 'fifo',
};

export const flagByType: Readonly<Record<TarType, string>> = {
  file: '0',
  hardlink: '1',
  symlink: '2',
  char: '3',
  block: '4',
  directory: '5',
  fifo: '6',
};

/** Largest number that fits the octal field of this many bytes. */
export const octalLimit = (width: number): number => 8 ** (width - 1) - 1;

/**
 * Encodes a header. Numbers and texts must fit (`octalLimit`, 100 bytes): larger ones go into PAX records.
 */
export function encodeHeader(header: RawHeader): Buffer {
  const block = Buffer.alloc(blockSize);
  block.write(header.path, 0, 100, 'utf8');
  const octal = (value: number, at: number, width: number): void => {
    block.write(value.toString(8).padStart(width - 1, '0'), at, width - 1, 'latin1');
  };
  octal(header.mode, 100, 8);
  octal(header.uid, 108, 8);
  octal(header.gid, 116, 8);
  octal(header.size, 124, 12);
  octal(header.mtime, 136, 12);
  block.write(header.flag, 156, 1, 'latin1');
  block.write(header.linkname, 157, 100, 'utf8');
  block.write(`${magic}\x0000`, magicAt, 8, 'latin1');
  octal(header.devmajor, 329, 8);
  octal(header.devminor, 337, 8);
  octal(checksum(block), 148, 7);
  block[155] = 0x20;
  return block;
}

/** @throws RangeError for a block that is no valid header */
export function decodeHeader(block: Buffer): RawHeader {
  if (number(block, 148, 8) !== checksum(block)) throw new RangeError('a header has the wrong checksum');
  const prefix = block.toString('latin1', magicAt, magicAt + 6) === `${magic}\0` ? text(block, 345, 155) : '';
  const name = text(block, 0, 100);
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    mode: number(block, 100, 8) & 0o7777,
    uid: number(block, 108, 8),
    gid: number(block, 116, 8),
    size: number(block, 124, 12),
    mtime: number(block, 136, 12),
    flag: block.toString('latin1', 156, 157),
    linkname: text(block, 157, 100),
    devmajor: number(block, 329, 8),
    devminor: number(block, 337, 8),
  };
}

/** The sum of all bytes, with spaces for the checksum's own. */
function checksum(block: Buffer): number {
  let sum = 8 * 0x20;
  for (let at = 0; at < blockSize; at += 1) if (at < 148 || at >= 156) sum += block[at] ?? 0;
  return sum;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** @throws RangeError when the bytes are not UTF-8: replacement characters would name another file */
export function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new RangeError(`the name "${Buffer.from(bytes).toString('latin1')}" is not UTF-8`);
  }
}

function text(block: Buffer, at: number, width: number): string {
  const field = block.subarray(at, at + width);
  const end = field.indexOf(0);
  return decodeText(end < 0 ? field : field.subarray(0, end));
}

function number(block: Buffer, at: number, width: number): number {
  const first = block[at] ?? 0;
  if (first & 0x80) return base256(block.subarray(at, at + width));
  const digits = block
    .toString('latin1', at, at + width)
    .replace(/\0.*$/s, '')
    .trim();
  if (!/^[0-7]*$/.test(digits)) throw new RangeError(`a header has the number "${digits}"`);
  return digits === '' ? 0 : Number.parseInt(digits, 8);
}

function base256(field: Buffer): number {
  if (field[0] !== 0x80) throw new RangeError('a header has a negative or too large number');
  const value = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
  if (!Number.isSafeInteger(value)) throw new RangeError('a header has a too large number');
  return value;
}
