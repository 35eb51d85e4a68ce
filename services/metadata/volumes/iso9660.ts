/**
 * ISO 9660 (ECMA-119) with Rock Ridge or Joliet names, as far as the root folder goes. Numbers are there twice, little-endian
 * first; we read that one.
 *
 *     volume descriptor, from byte 32768, 2048 bytes each: u8 type (1 primary, 2 supplementary, 255 end) | "CD001" | …
 *         | 32 label at 40 | 32 escape sequences at 88 | root folder's record at 156
 *     folder record: u8 length | u8 | u32 block | u32 | u32 bytes | … | u8 flags at 25 | u8 name length at 32 | name | system use
 *     Rock Ridge's name in the system use area: "NM" | u8 length | u8 | u8 flags | name
 */

import { maximalBytes } from '../provider.ts';
import { type ReadAt, readExactly, type Volume } from './volume.ts';

const block = 2048;
const firstDescriptor = 16;
const maximalDescriptors = 32;
const maximalFolder = 1 << 20;
const isFolder = 2;
const goesOn = 0x80;
const jolietEscapes = ['%/@', '%/C', '%/E'];

interface Record {
  readonly names: readonly string[];
  readonly position: number;
  readonly bytes: number;
  readonly flags: number;
}

/** The volume, or undefined when the bytes hold no ISO 9660. */
export function openIso9660(readAt: ReadAt): Volume | undefined {
  const descriptors = readDescriptors(readAt);
  const primary = descriptors.find((descriptor) => descriptor[0] === 1);
  if (primary === undefined) return undefined;
  const joliet = descriptors.find((descriptor) => descriptor[0] === 2 && isJoliet(descriptor));
  return {
    label: primary.toString('latin1', 40, 72).trim(),
    read: (name) => {
      const records = [primary, ...(joliet ? [joliet] : [])].flatMap((root) =>
        readFolder(readAt, root, root === joliet),
      );
      const record = records.find(
        ({ names, flags }) => (flags & isFolder) === 0 && names.includes(plain(name)),
      );
      return record && readFile(readAt, record, name);
    },
  };
}

function readDescriptors(readAt: ReadAt): Buffer[] {
  const descriptors: Buffer[] = [];
  for (let index = 0; index < maximalDescriptors; index++) {
    const descriptor = readAt((firstDescriptor + index) * block, block);
    const valid = descriptor.length === block && descriptor.toString('latin1', 1, 6) === 'CD001';
    if (!valid || descriptor[0] === 255) break;
    descriptors.push(descriptor);
  }
  return descriptors;
}

function isJoliet(descriptor: Buffer): boolean {
  return jolietEscapes.includes(descriptor.toString('latin1', 88, 91));
}

function readFolder(readAt: ReadAt, descriptor: Buffer, joliet: boolean): Record[] {
  const root = descriptor.subarray(156, 190);
  const size = root.readUInt32LE(10);
  if (size > maximalFolder) throw new RangeError(`Cannot read ISO 9660 folder: ${size} bytes`);
  const bytes = readExactly(readAt, root.readUInt32LE(2) * block, size);
  const records: Record[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at] ?? 0;
    // No record crosses a block: a zero says that the rest of this one is empty.
    if (length === 0) at = (Math.floor(at / block) + 1) * block;
    else {
      const record = readRecord(bytes.subarray(at, at + length), joliet);
      if (record) records.push(record);
      at += length;
    }
  }
  return records;
}

function readRecord(bytes: Buffer, joliet: boolean): Record | undefined {
  const nameLength = bytes[32] ?? 0;
  if (bytes.length < 34 || 33 + nameLength > bytes.length) return undefined;
  const name = bytes.subarray(33, 33 + nameLength);
  const text = joliet
    ? Buffer.from(name.subarray(0, nameLength & ~1))
        .swap16()
        .toString('utf16le')
    : name.toString('latin1');
  // The system use area begins at an even offset.
  const rockRidge = joliet ? '' : rockRidgeName(bytes.subarray(33 + nameLength + ((nameLength + 1) & 1)));
  return {
    names: [plain(text), plain(rockRidge)].filter(Boolean),
    position: bytes.readUInt32LE(2) * block,
    bytes: bytes.readUInt32LE(10),
    flags: bytes.readUInt8(25),
  };
}

function rockRidgeName(systemUse: Buffer): string {
  let name = '';
  for (let at = 0; at + 4 <= systemUse.length; ) {
    const length = systemUse[at + 2] ?? 0;
    if (length < 4 || at + length > systemUse.length) break;
    if (systemUse.toString('latin1', at, at + 2) === 'NM')
      name += systemUse.toString('utf8', at + 5, at + length);
    at += length;
  }
  return name;
}

/** Names alone on a disc without extensions are upper case, with `_` for `-`, and a version: `USER_DATA.;1`. */
function plain(name: string): string {
  return name.replace(/;\d+$/, '').replace(/\.$/, '').replaceAll('_', '-').toLowerCase();
}

function readFile(readAt: ReadAt, { position, bytes, flags }: Record, name: string): Buffer {
  if (bytes > maximalBytes || (flags & goesOn) !== 0) {
    throw new RangeError(`Cannot read "${name}": longer than ${maximalBytes} bytes`);
  }
  return readExactly(readAt, position, bytes);
}
