import { inflateRawSync } from 'node:zlib';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';

/*
 * ZIP (PKWARE APPNOTE 6.3): the central directory is at the end.
 *
 *   end of central directory  50 4b 05 06 … entries at 10 (u16), offset at 16 (u32); 22 bytes
 *   central file header       50 4b 01 02 … method 10, packed 20, plain 24, name 28, extra 30, comment 32,
 *                             local header 42; 46 bytes, then the three of them
 *   local file header         50 4b 03 04 … name 26, extra 28; 30 bytes, then the two of them, then the data
 */

/** Bytes of one file in the archive, and of all of them. */
const fileLimit = 16 << 20;
const totalLimit = 2 * 1024 ** 3;

/** The files of an archive, one by one. @throws KitError for one that is damaged, or too large */
export function* zipFiles(archive: Buffer, shown: string): Generator<{ name: string; bytes: Buffer }> {
  const wrong = (why: string): KitError => new KitError(`Cannot read "${shown}": ${why}`);
  const within = (at: number, length: number): void => {
    if (at + length > archive.length) throw wrong('it ends too early');
  };
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06'));
  if (end < 0 || end + 22 > archive.length) throw wrong('it is no ZIP archive, or its end is missing');
  const entries = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  let total = 0;
  const isLarge = entries === 0xffff || at === 0xffffffff;
  // With more than 65535 files (ZIP64) the headers themselves are counted.
  if (isLarge) at = firstHeader(archive, end, wrong);
  for (
    let count = 0;
    isLarge ? at + 46 <= end && archive.readUInt32LE(at) === 0x02014b50 : count < entries;
    count += 1
  ) {
    within(at, 46);
    if (archive.readUInt32LE(at) !== 0x02014b50) throw wrong('its directory is damaged');
    const [nameLength, extra, comment] = [28, 30, 32].map((field) => archive.readUInt16LE(at + field)) as [
      ...[number, number, number],
    ];
    const [packed, plain, local] = [20, 24, 42].map((field) => archive.readUInt32LE(at + field)) as [
      ...[number, number, number],
    ];
    within(at + 46, nameLength);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    if (plain > fileLimit || packed > fileLimit) throw wrong(`"${name}" has more than ${fileLimit} bytes`);
    total += plain;
    if (total > totalLimit) throw wrong(`its files have more than ${totalLimit} bytes`);
    within(local, 30);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    within(start, packed);
    if (!name.endsWith('/'))
      yield { name, bytes: unpack(archive.readUInt16LE(at + 10), start, packed, plain, name) };
    at += 46 + nameLength + extra + comment;
  }

  function unpack(method: number, start: number, packed: number, plain: number, name: string): Buffer {
    const data = archive.subarray(start, start + packed);
    if (method === 0) return data;
    if (method !== 8) throw wrong(`"${name}" is compressed by method ${method}`);
    try {
      return inflateRawSync(data, { maxOutputLength: Math.max(plain, 1) });
    } catch (thrown) {
      throw wrong(`"${name}" is damaged: ${reasonOf(thrown)}`);
    }
  }
}

/** The offset of the directory in the record of ZIP64: `50 4b 06 06`, offset at 48 (u64). */
function firstHeader(archive: Buffer, end: number, wrong: (why: string) => KitError): number {
  const record = archive.lastIndexOf(Buffer.from('PK\x06\x06'), end);
  if (record < 0 || record + 56 > archive.length) throw wrong('its directory is missing');
  const offset = archive.readBigUInt64LE(record + 48);
  if (offset > BigInt(archive.length)) throw wrong('it ends too early');
  return Number(offset);
}
