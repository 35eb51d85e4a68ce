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
 * entry      0 name, 8 and 3 bytes | 11 attributes | 20 u16, 26 u16 first cluster, high and low half |
 *            28 u32 bytes
 * long name  0 order, last part first | 1 five characters of u16 | 11 0f | 14 six | 28 two characters
 * ```
 */
export async function* fatEntries(pieces: AsyncIterable<Buffer>): AsyncGenerator<FatEntry> {
  let longName = '';
  for await (const piece of pieces) {
    for (let at = 0; at + entryBytes <= piece.length; at += entryBytes) {
      const bytes = piece.subarray(at, at + entryBytes);
      if (bytes[0] === 0) return;
      if (bytes[0] === 0xe5) longName = '';
      else if ((bytes.readUInt8(11) & attributes.all) === attributes.longName)
        longName = longNamePart(bytes) + longName;
      else {
        yield entryOf(bytes, longName);
        longName = '';
      }
    }
  }
}

function entryOf(bytes: Buffer, longName: string): FatEntry {
  const flags = bytes.readUInt8(11);
  const isFolder = (flags & attributes.folder) !== 0;
  const kind = isFolder ? 'folder' : (flags & attributes.label) !== 0 ? 'label' : 'file';
  const short = kind === 'label' ? bytes.toString('latin1', 0, 11).trim() : shortName(bytes);
  const cluster = bytes.readUInt16LE(20) * 0x10000 + bytes.readUInt16LE(26);
  return { names: [longName, short].filter(Boolean), kind, cluster, bytes: bytes.readUInt32LE(28) };
}

function shortName(bytes: Buffer): string {
  const stem = bytes.toString('latin1', 0, 8).trimEnd();
  const extension = bytes.toString('latin1', 8, 11).trimEnd();
  return extension === '' ? stem : `${stem}.${extension}`;
}

function longNamePart(bytes: Buffer): string {
  const characters = [bytes.subarray(1, 11), bytes.subarray(14, 26), bytes.subarray(28, 32)];
  return Buffer.concat(characters)
    .toString('utf16le')
    .replace(/[\0\uffff].*$/s, '');
}
