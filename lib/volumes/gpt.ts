import { crc32 } from 'node:zlib';
import { mbrSector, partitionTypes } from './mbr.ts';
import { gptSignature } from './partitions.ts';
import { sectorBytes } from './sector.ts';

/** A GUID partition table (UEFI 2.10, 5.3) with the usual 128 entries of 128 bytes. */
export interface GptTable {
  /** Bytes of a sector of the disk: 512 or 4096. */
  readonly sectorBytes: number;
  /** Of the disk. */
  readonly sectors: number;
  /** 16 bytes as on the disk. */
  readonly diskGuid: Buffer;
  /** Those in use, as on the disk. */
  readonly entries: readonly Buffer[];
}

export interface GptEntry {
  /** GUIDs of 16 bytes as on the disk. */
  readonly type: Buffer;
  readonly guid: Buffer;
  /** Up to 36 characters. */
  readonly name: string;
  /** Sectors, both included. */
  readonly first: number;
  readonly last: number;
}

/** Both copies of a table, and the MBR that announces it. */
export interface GptSectors {
  readonly mbr: Buffer;
  readonly primary: GptCopy;
  readonly backup: GptCopy;
}

export interface GptCopy {
  readonly header: Buffer;
  /** The sectors at which the header and the entries lie. */
  readonly headerAt: number;
  readonly entries: Buffer;
  readonly entriesAt: number;
}

export const gptEntryBytes = 128;
const entryCount = 128;
const tableBytes = gptEntryBytes * entryCount;
const headerBytes = 92;

/**
 * `Linux filesystem data` and `Linux swap`
 * (https://uapi-group.org/specifications/specs/discoverable_partitions_specification).
 */
export const linuxTypes = {
  data: '0FC63DAF-8483-4772-8E79-3D69D8477DE4',
  swap: '0657FD6D-A4AB-43C4-84E5-0933C84B4F4F',
} as const;

/** The sectors that partitions may use, both included. */
export function usableSectors(table: Pick<GptTable, 'sectorBytes' | 'sectors'>): {
  readonly first: number;
  readonly last: number;
} {
  const taken = tableBytes / table.sectorBytes;
  return { first: 2 + taken, last: table.sectors - taken - 2 };
}

/**
 * ```
 * sector 0 MBR | 1 header | 2 entries | first usable … last usable | entries | last sector: header
 * ```
 */
export function gptSectors(table: GptTable): GptSectors {
  const { sectors } = table;
  const taken = tableBytes / table.sectorBytes;
  const entries = Buffer.alloc(tableBytes);
  for (const [at, entry] of table.entries.entries()) entry.copy(entries, at * gptEntryBytes);
  const last = sectors - 1;
  const copy = (headerAt: number, otherAt: number, entriesAt: number): GptCopy => {
    return { header: header(table, entries, headerAt, otherAt, entriesAt), headerAt, entries, entriesAt };
  };
  const covered = { type: partitionTypes.protective, first: 1, sectors: sectors - 1, active: false };
  return {
    mbr: mbrSector(covered, {}),
    primary: copy(1, last, 2),
    backup: copy(last, 1, last - taken),
  };
}

/**
 * ```
 * 0 "EFI PART" | 8 u32 revision | 12 u32 bytes of the header | 16 u32 its CRC | 24 u64 own sector
 * 32 u64 that of the other copy | 40 u64 first usable | 48 u64 last usable | 56 GUID
 * 72 u64 sector of the entries | 80 u32 their number | 84 u32 bytes of each | 88 u32 their CRC
 * ```
 */
function header(table: GptTable, entries: Buffer, own: number, other: number, entriesAt: number): Buffer {
  const sector = Buffer.alloc(table.sectorBytes);
  const usable = usableSectors(table);
  sector.write(gptSignature, 'latin1');
  sector.writeUInt32LE(0x0001_0000, 8);
  sector.writeUInt32LE(headerBytes, 12);
  for (const [at, value] of [own, other, usable.first, usable.last].entries())
    sector.writeBigUInt64LE(BigInt(value), 24 + 8 * at);
  table.diskGuid.copy(sector, 56, 0, 16);
  sector.writeBigUInt64LE(BigInt(entriesAt), 72);
  sector.writeUInt32LE(entryCount, 80);
  sector.writeUInt32LE(gptEntryBytes, 84);
  sector.writeUInt32LE(crc32(entries), 88);
  sector.writeUInt32LE(crc32(sector.subarray(0, headerBytes)), 16);
  return sector;
}

/**
 * `0 type, 16 bytes | 16 GUID | 32 u64 first sector | 40 u64 last sector | 48 u64 attributes | 56 name,
 * UTF-16`
 */
export function gptEntry({ type, guid, name, first, last }: GptEntry): Buffer {
  const row = Buffer.alloc(gptEntryBytes);
  type.copy(row, 0, 0, 16);
  guid.copy(row, 16, 0, 16);
  row.writeBigUInt64LE(BigInt(first), 32);
  row.writeBigUInt64LE(BigInt(last), 40);
  row.write(name, 56, 'utf16le');
  return row;
}

/** The same entry, with another last sector. */
export function withLast(entry: Buffer, last: number): Buffer {
  const row = Buffer.from(entry);
  row.writeBigUInt64LE(BigInt(last), 40);
  return row;
}

/** The name of an entry. */
export const gptName = (entry: Buffer): string =>
  entry.toString('utf16le', 56, gptEntryBytes).replace(/\0.*$/s, '');

/** A copy of a table as it lies on a disk. */
export interface ReadGpt extends Pick<GptTable, 'diskGuid' | 'entries'> {
  readonly ranges: readonly { readonly first: number; readonly last: number }[];
}

/** Where a header says that its entries lie, which may be anywhere; undefined for none. */
export function gptEntriesPlace(
  header: Buffer,
): { readonly sector: number; readonly bytes: number } | undefined {
  if (header.length < sectorBytes || header.toString('latin1', 0, 8) !== gptSignature) return undefined;
  const sector = header.readBigUInt64LE(72);
  return sector < 2n ** 43n ? { sector: Number(sector), bytes: tableBytes } : undefined;
}

/**
 * Reads one copy of a table; undefined for one that is damaged or has another shape than `GptTable`.
 * @param header the sector of its header @param headerAt the number of that sector
 * @param bytes its entries
 */
export function readGpt(header: Buffer, headerAt: number, bytes: Buffer): ReadGpt | undefined {
  if (!gptEntriesPlace(header) || header.readUInt32LE(12) !== headerBytes) return undefined;
  const own = Buffer.from(header.subarray(0, headerBytes));
  own.writeUInt32LE(0, 16);
  if (crc32(own) !== header.readUInt32LE(16)) return undefined;
  if (header.readBigUInt64LE(24) !== BigInt(headerAt)) return undefined;
  const isUsual = header.readUInt32LE(80) === entryCount && header.readUInt32LE(84) === gptEntryBytes;
  if (!isUsual || bytes.length !== tableBytes || crc32(bytes) !== header.readUInt32LE(88)) return undefined;
  const rows = Array.from({ length: entryCount }, (_, at) =>
    bytes.subarray(at * gptEntryBytes, (at + 1) * gptEntryBytes),
  );
  const used = rows.findLastIndex((row) => row.some((byte) => byte !== 0)) + 1;
  const entries = rows.slice(0, used).map((row) => Buffer.from(row));
  const ranges = entries.map((row) => {
    return { first: Number(row.readBigUInt64LE(32)), last: Number(row.readBigUInt64LE(40)) };
  });
  return { diskGuid: Buffer.from(header.subarray(56, 72)), entries, ranges };
}

/**
 * The byte order of GPT and Windows: the first three numbers little-endian (UEFI specification, appendix A).
 */
export function mixedEndian(guid: Buffer): Buffer {
  const mixed = Buffer.from(guid);
  mixed.subarray(0, 4).reverse();
  mixed.subarray(4, 6).reverse();
  mixed.subarray(6, 8).reverse();
  return mixed;
}

/** A GUID as it lies on the disk. */
export const guidBytes = (guid: string): Buffer => mixedEndian(Buffer.from(guid.replaceAll('-', ''), 'hex'));
