import { entryBytes } from './fat-layout.ts';

/** An entry of a folder. */
export interface FatEntry {
  /**
   * The long name, if it has one, and the short one: `BOOTX64.EFI`. A label is one name of up to 11
   * characters.
   */
  readonly names: readonly string[];
  readonly kind: 'file' | 'folder' | 'label';
  /** The first one; 0 for an empty file, and for `..` of a folder in the root. */
  readonly cluster: number;
  /** Length of a file. */
  readonly bytes: number;
}

const attributes = { label: 0x08, folder: 0x10, longName: 0x0f, all: 0x3f } as const;

/**
 * The entries of a folder that comes in pieces of whole entries.
 *
 * ```
 * entry      0 name, 8 and 3 bytes | 11 attributes | 12 case | 20 u16, 26 u16 first cluster, high and
 *            low half | 28 u32 bytes
 * long name  0 order, last part first, with 40 | 1 five characters of u16 | 11 0f | 13 checksum of the
 *            short name | 14 six | 28 two characters
 * ```
 */
export async function* fatEntries(pieces: AsyncIterable<Buffer>): AsyncGenerator<FatEntry> {
  let long = noLongName;
  for await (const piece of pieces) {
    for (let at = 0; at + entryBytes <= piece.length; at += entryBytes) {
      const bytes = piece.subarray(at, at + entryBytes);
      if (bytes[0] === 0) return;
      const flags = bytes.readUInt8(11);
      if (bytes[0] === 0xe5) long = noLongName;
      else if ((flags & attributes.all) === attributes.longName) long = withPart(long, bytes);
      else {
        const isOfThis = long.next === 0 && long.checksum === checksum(bytes);
        yield entryOf(bytes, flags, isOfThis ? long.name : '');
        long = noLongName;
      }
    }
  }
}

/** A long name of which the parts so far are read; those with the numbers `next` down to 1 are to come. */
interface LongName {
  readonly name: string;
  readonly next: number;
  readonly checksum: number;
}

const noLongName: LongName = { name: '', next: -1, checksum: 0 };

/**
 * Systems without long names leave their parts behind when they delete or rename a file. Such parts must not
 * name the next file: they are told by their order and checksum, as in Linux (fs/fat/dir.c).
 */
function withPart(long: LongName, bytes: Buffer): LongName {
  const [order, sum] = [bytes.readUInt8(0), bytes.readUInt8(13)];
  const isFirst = (order & 0x40) !== 0;
  if (isFirst) return { name: longNamePart(bytes), next: (order & 0x3f) - 1, checksum: sum };
  const isNext = order === long.next && sum === long.checksum;
  return isNext ? { name: longNamePart(bytes) + long.name, next: order - 1, checksum: sum } : noLongName;
}

/** Of the eleven characters of a short name. */
function checksum(bytes: Buffer): number {
  let sum = 0;
  for (const character of bytes.subarray(0, 11)) sum = (((sum & 1) << 7) + (sum >> 1) + character) & 0xff;
  return sum;
}

function entryOf(bytes: Buffer, flags: number, longName: string): FatEntry {
  const isFolder = (flags & attributes.folder) !== 0;
  const kind = isFolder ? 'folder' : (flags & attributes.label) !== 0 ? 'label' : 'file';
  const short = kind === 'label' ? bytes.toString('latin1', 0, 11).trim() : shortName(bytes);
  const cluster = bytes.readUInt16LE(20) * 0x10000 + bytes.readUInt16LE(26);
  return { names: [longName, short].filter(Boolean), kind, cluster, bytes: bytes.readUInt32LE(28) };
}

/** Bits of byte 12, by which Windows NT spares a long name: the stem, or the extension, is in lower case. */
const lowerCase = { stem: 0x08, extension: 0x10 } as const;

function shortName(bytes: Buffer): string {
  const flags = bytes.readUInt8(12);
  const part = (from: number, to: number, bit: number): string => {
    const text = bytes.toString('latin1', from, to).trimEnd();
    return (flags & bit) === 0 ? text : text.toLowerCase();
  };
  const [stem, extension] = [part(0, 8, lowerCase.stem), part(8, 11, lowerCase.extension)];
  return extension === '' ? stem : `${stem}.${extension}`;
}

function longNamePart(bytes: Buffer): string {
  const characters = [bytes.subarray(1, 11), bytes.subarray(14, 26), bytes.subarray(28, 32)];
  return Buffer.concat(characters)
    .toString('utf16le')
    .replace(/[\0\uffff].*$/s, '');
}
