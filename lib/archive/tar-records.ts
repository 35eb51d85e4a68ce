import { nameOfBytes } from './file-names.ts';
import type { TarEntry } from './tar-entry.ts';
import type { PaxRecord } from './tar-pax.ts';
import { attributeRecords, isAttribute } from './tar-xattr.ts';

/** The records that apply to an entry, by keyword. */
export type Records = ReadonlyMap<string, Buffer>;

/**
 * The records of an entry over those of the whole archive. An empty value removes a record (pax(1)), except
 * an extended attribute's, which may be empty.
 */
export function effectiveRecords(global: readonly PaxRecord[], local: readonly PaxRecord[]): Records {
  const records = new Map<string, Buffer>();
  for (const [key, value] of [...global, ...local]) {
    if (value.length === 0 && !isAttribute(key)) records.delete(key);
    else records.set(key, value);
  }
  checkCharset(records.get('hdrcharset')?.toString('latin1'));
  return records;
}

/** Names are taken as the bytes that they are; of other character sets they would have to be converted. */
function checkCharset(charset: string | undefined): void {
  if (charset === undefined || charset === 'BINARY' || /^ISO-IR 10646 2000 UTF-8$/.test(charset)) return;
  throw new RangeError(`its names are of the character set ${JSON.stringify(charset)}`);
}

/** A name; `other` without a record. */
export function nameRecord(records: Records, key: string, other: string): string {
  const value = records.get(key);
  return value ? nameOfBytes(value) : other;
}

/** A whole number. @throws RangeError */
export function numberRecord(records: Records, key: string, other: number): number {
  const text = records.get(key)?.toString('latin1');
  if (text === undefined) return other;
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw wrong(key, text);
}

/** `1700000000.123456789`, `-1.5`, and `1e-05`, as Python writes small ones. @throws RangeError */
export function timeRecord(records: Records, other: number): Pick<TarEntry, 'mtime' | 'nanoseconds'> {
  const text = records.get('mtime')?.toString('latin1');
  if (text === undefined) return { mtime: other, nanoseconds: 0 };
  const [, minus = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d*))?$/.exec(plainNumber(text)) ?? [];
  const seconds = Number(whole);
  if (whole === '' || !Number.isSafeInteger(seconds)) throw wrong('mtime', text);
  const nanoseconds = Number(fraction.padEnd(9, '0').slice(0, 9));
  if (minus === '') return { mtime: seconds, nanoseconds };
  return { mtime: nanoseconds === 0 ? 0 - seconds : -seconds - 1, nanoseconds: 0 };
}

const plainNumber = (text: string): string =>
  /^-?\d+(?:\.\d+)?[eE][-+]?\d{1,2}$/.test(text) ? Number(text).toFixed(9) : text;

function wrong(key: string, text: string): RangeError {
  return new RangeError(`the PAX record "${key}" is ${JSON.stringify(text.slice(0, 100))}`);
}

/** What an entry keeps of its records: extended attributes, and what kit does not know. */
export function keptRecords(records: Records): Map<string, Uint8Array> {
  const others = [...records].filter(([key]) => !isUnderstood(key) && !isAttribute(key));
  return new Map([...others, ...attributeRecords(records)]);
}

/**
 * Fields of an entry; those that say nothing about a file of an image (times of access, the names of owners,
 * who have numbers too, the place of the original on its disk, flags that only BSD has); and those of sparse
 * files, which are not sparse any more.
 */
const isUnderstood = (key: string): boolean =>
  fields.has(key) ||
  /^(?:GNU\.|LIBARCHIVE\.|SCHILY\.(?:dev|ino|nlink|filetype|fflags|tarfiletype|archtype|release|volhdr)$|SUN\.|MSWINDOWS\.)/.test(
    key,
  );

const fields = new Set([
  ...['path', 'linkpath', 'size', 'uid', 'gid', 'mtime', 'SCHILY.devmajor', 'SCHILY.devminor'],
  ...['atime', 'ctime', 'charset', 'hdrcharset', 'comment', 'uname', 'gname'],
]);
