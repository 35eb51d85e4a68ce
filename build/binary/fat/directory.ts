import type { FatName } from './names.ts';

export interface DirectoryRow {
  readonly name: FatName;
  readonly isDirectory: boolean;
  /** First cluster; 0 for an empty file, and for `..` when that is the root. */
  readonly cluster: number;
  /** 0 for directories. */
  readonly bytes: number;
}

/** Bytes of one row. */
export const rowBytes = 32;

/** How many rows of 32 bytes the names of a file take. */
export function rowCount({ long }: FatName): number {
  return 1 + (long === undefined ? 0 : Math.ceil(long.length / charsPerRow));
}

/** The first row of a root directory: the name of the volume, 11 bytes. */
export function labelRow(label: string): Buffer {
  const row = Buffer.alloc(rowBytes);
  row.write(label.padEnd(11), 0, 11, 'latin1');
  row[11] = attributes.label;
  row.writeUInt16LE(firstDay, 24);
  return row;
}

/** `.` and `..`, which begin every other directory. */
export function dotRows(own: number, parent: number): Buffer {
  const row = (text: string, cluster: number): Buffer =>
    shortRow({
      name: { short: Buffer.from(text.padEnd(11)), long: undefined },
      isDirectory: true,
      cluster,
      bytes: 0,
    });
  return Buffer.concat([row('.', own), row('..', parent)]);
}

/** The rows of one file: those of its long name, last part first, then the short one. */
export function fileRows(row: DirectoryRow): Buffer {
  return Buffer.concat([...longRows(row.name), shortRow(row)]);
}

const attributes = { label: 0x08, directory: 0x10, archive: 0x20, long: 0x0f } as const;

/** 1980-01-01, the first day there is: bits of day, month and years since 1980. */
const firstDay = (1 << 5) | 1;

function shortRow({ name, isDirectory, cluster, bytes }: DirectoryRow): Buffer {
  const row = Buffer.alloc(rowBytes);
  name.short.copy(row);
  row[11] = isDirectory ? attributes.directory : attributes.archive;
  for (const at of [16, 18, 24]) row.writeUInt16LE(firstDay, at); // created, read, written
  row.writeUInt16LE(cluster >>> 16, 20);
  row.writeUInt16LE(cluster & 0xffff, 26);
  row.writeUInt32LE(bytes, 28);
  return row;
}

const charsPerRow = 13;
/** Where a row keeps its 13 characters of UTF-16. */
const places = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30];

function longRows({ short, long }: FatName): Buffer[] {
  if (long === undefined) return [];
  const sum = shortSum(short);
  const count = Math.ceil(long.length / charsPerRow);
  return Array.from({ length: count }, (_, back) => {
    const number = count - back;
    const row = Buffer.alloc(rowBytes);
    row[0] = back === 0 ? number | 0x40 : number;
    row[11] = attributes.long;
    row[13] = sum;
    for (const [place, at] of places.entries()) {
      const index = (number - 1) * charsPerRow + place;
      // The end, if there is room for it, and nothing from there on.
      const code = index < long.length ? long.charCodeAt(index) : index === long.length ? 0 : 0xffff;
      row.writeUInt16LE(code, at);
    }
    return row;
  });
}

function shortSum(short: Buffer): number {
  return short.reduce((sum, byte) => (((sum & 1) << 7) + (sum >> 1) + byte) & 0xff, 0);
}
