import { entryBytes } from '../../../lib/volumes/fat-layout.ts';
import type { FatName } from './names.ts';

export interface DirectoryEntry {
  readonly name: FatName;
  readonly isDirectory: boolean;
  /** First cluster; 0 for an empty file, and for `..` when that is the root. */
  readonly cluster: number;
  /** 0 for directories. */
  readonly bytes: number;
}

/**
 * The number of entries for a file: one for its short name, and one for each 13 characters of a long name.
 */
export function entryCount({ long }: FatName): number {
  return 1 + (long === undefined ? 0 : Math.ceil(long.length / charsPerEntry));
}

/** The first entry of a root directory: the volume's label, up to 11 characters. */
export function labelEntry(label: string): Buffer {
  const entry = Buffer.alloc(entryBytes);
  entry.write(label.padEnd(11), 0, 11, 'latin1');
  entry[11] = attributes.label;
  entry.writeUInt16LE(firstDay, 24);
  return entry;
}

/** `.` and `..`, the first entries of every other directory. */
export function dotEntries(own: number, parent: number): Buffer {
  const dots = (text: string, cluster: number): Buffer =>
    shortEntry({
      name: { short: Buffer.from(text.padEnd(11)), long: undefined },
      isDirectory: true,
      cluster,
      bytes: 0,
    });
  return Buffer.concat([dots('.', own), dots('..', parent)]);
}

/** The entries of one file: those of its long name, last part first, then the short one. */
export function fileEntries(entry: DirectoryEntry): Buffer {
  return Buffer.concat([...longEntries(entry.name), shortEntry(entry)]);
}

const attributes = { label: 0x08, directory: 0x10, archive: 0x20, long: 0x0f } as const;

/** 1980-01-01, the first day of FAT: bits of day, month and years since 1980. */
const firstDay = (1 << 5) | 1;

function shortEntry({ name, isDirectory, cluster, bytes }: DirectoryEntry): Buffer {
  const entry = Buffer.alloc(entryBytes);
  name.short.copy(entry);
  entry[11] = isDirectory ? attributes.directory : attributes.archive;
  for (const at of [16, 18, 24]) entry.writeUInt16LE(firstDay, at); // created, read, written
  entry.writeUInt16LE(cluster >>> 16, 20);
  entry.writeUInt16LE(cluster & 0xffff, 26);
  entry.writeUInt32LE(bytes, 28);
  return entry;
}

const charsPerEntry = 13;
/** Where an entry has its 13 characters of UTF-16. */
const places = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30];

function longEntries({ short, long }: FatName): Buffer[] {
  if (long === undefined) return [];
  const sum = checksum(short);
  const count = Math.ceil(long.length / charsPerEntry);
  return Array.from({ length: count }, (_, back) => {
    const number = count - back;
    const entry = Buffer.alloc(entryBytes);
    entry[0] = back === 0 ? number | 0x40 : number;
    entry[11] = attributes.long;
    entry[13] = sum;
    for (const [place, at] of places.entries()) {
      const index = (number - 1) * charsPerEntry + place;
      // A zero ends a name that does not fill its last entry; the rest is padded with ones.
      const code = index < long.length ? long.charCodeAt(index) : index === long.length ? 0 : 0xffff;
      entry.writeUInt16LE(code, at);
    }
    return entry;
  });
}

function checksum(short: Buffer): number {
  return short.reduce((sum, byte) => (((sum & 1) << 7) + (sum >> 1) + byte) & 0xff, 0);
}
