import { nameBytes, nameOfBytes } from './file-names.ts';
import type { TarEntry, TarType } from './tar-entry.ts';
import { decodeNumber, writeGnuNumber, writeOctal } from './tar-numbers.ts';

/**
 * The 512-byte header of POSIX.1-1988 ("ustar"), as pax(1) lays it out:
 *
 *   0 name[100]   100 mode[8]   108 uid[8]   116 gid[8]   124 size[12]   136 mtime[12]   148 checksum[8]
 *   156 typeflag   157 linkname[100]   257 "ustar\0" "00"   265 uname[32]   297 gname[32]
 *   329 devmajor[8]   337 devminor[8]   345 prefix[155]
 *
 * GNU tar's own has "ustar  \0" at 257 and no prefix; those of before 1988 ("v7") end at 257.
 */
export interface RawHeader extends Omit<TarEntry, 'type' | 'pax' | 'body' | 'nanoseconds'> {
  /** One character: `0` file, `5` directory, `x` PAX records of the next entry… */
  readonly flag: string;
}

export type TarForm = 'v7' | 'ustar' | 'gnu';

export interface DecodedHeader extends RawHeader {
  readonly form: TarForm;
  readonly block: Buffer;
}

export const blockSize = 512;

const magicAt = 257;

/** Whether a file begins with the header of a tar; those of before 1988 have no magic number. */
export const isTar = (head: Buffer): boolean => head.toString('latin1', magicAt, magicAt + 5) === 'ustar';

/** Type flags that describe a file; the others describe the entry that follows. */
export const typeByFlag: Readonly<Record<string, TarType>> = {
  '0': 'file',
  '\0': 'file',
  // Contiguous, on systems that distinguish such files.
  '7': 'file',
  // GNU tar's sparse files.
  S: 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'char',
  '4': 'block',
  '5': 'directory',
  // With the names of its files, in GNU tar's incremental archives.
  D: 'directory',
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

/**
 * Encodes a header. Texts must fit into their fields. In the form `ustar` numbers must too (`octalLimit`);
 * larger ones go into PAX records. In GNU's form, no number is too large.
 */
export function encodeHeader(header: RawHeader, form: 'ustar' | 'gnu' = 'ustar'): Buffer {
  const block = Buffer.alloc(blockSize);
  const number = (value: number, at: number, width: number): void =>
    (form === 'gnu' ? writeGnuNumber : writeOctal)(value, block.subarray(at, at + width));
  nameBytes(header.path).copy(block, 0, 0, 100);
  number(header.mode, 100, 8);
  number(header.uid, 108, 8);
  number(header.gid, 116, 8);
  number(header.size, 124, 12);
  number(header.mtime, 136, 12);
  block.write(header.flag, 156, 1, 'latin1');
  nameBytes(header.linkname).copy(block, 157, 0, 100);
  block.write(form === 'gnu' ? 'ustar  \0' : 'ustar\x0000', magicAt, 8, 'latin1');
  number(header.devmajor, 329, 8);
  number(header.devminor, 337, 8);
  writeOctal(checksum(block), block.subarray(148, 155));
  block[155] = 0x20;
  return block;
}

/** @throws RangeError for a block that is no valid header */
export function decodeHeader(block: Buffer): DecodedHeader {
  if (!isHeader(block)) throw new RangeError('a header has the wrong checksum');
  const form = formOf(block);
  const prefix = form === 'ustar' ? text(block, 345, 155) : '';
  const name = text(block, 0, 100);
  const flag = block.toString('latin1', 156, 157);
  const number = (at: number, width: number, what: string): number =>
    decodeNumber(block.subarray(at, at + width), what);
  // Some writers leave other bytes in these fields of files and folders.
  const isDevice = flag === '3' || flag === '4';
  return {
    path: prefix === '' ? name : `${prefix}/${name}`,
    mode: number(100, 8, 'mode') & 0o7777,
    uid: number(108, 8, 'uid'),
    gid: number(116, 8, 'gid'),
    size: number(124, 12, 'size'),
    mtime: number(136, 12, 'time'),
    flag,
    linkname: text(block, 157, 100),
    devmajor: isDevice ? number(329, 8, 'device number') : 0,
    devminor: isDevice ? number(337, 8, 'device number') : 0,
    form,
    block,
  };
}

/** By the checksum; some old programs have added the bytes up as signed numbers. */
export function isHeader(block: Buffer): boolean {
  const stored = block.toString('latin1', 148, 156).replace(/^[ \0]+|[ \0].*$/gs, '');
  if (block.length !== blockSize || !/^[0-7]+$/.test(stored)) return false;
  const sum = Number.parseInt(stored, 8);
  return sum === checksum(block) || sum === checksum(new Int8Array(block));
}

function formOf(block: Buffer): TarForm {
  if (!isTar(block)) return 'v7';
  return block[magicAt + 5] === 0 ? 'ustar' : 'gnu';
}

/** The sum of all bytes, with spaces for the checksum's own. */
function checksum(block: Uint8Array | Int8Array): number {
  let sum = 8 * 0x20;
  for (let at = 0; at < blockSize; at += 1) if (at < 148 || at >= 156) sum += block[at] ?? 0;
  return sum;
}

function text(block: Buffer, at: number, width: number): string {
  const field = block.subarray(at, at + width);
  const end = field.indexOf(0);
  return nameOfBytes(end < 0 ? field : field.subarray(0, end));
}
