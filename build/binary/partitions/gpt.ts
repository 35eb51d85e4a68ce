import { crc32 } from 'node:zlib';
import { gptSignature } from '../../../lib/volumes/partitions.ts';
import { sectorBytes } from '../../../lib/volumes/sector.ts';
import { type Piece, piecesBytes } from '../../pieces/piece.ts';
import { mixedEndian } from './guid.ts';
import { mbrSector, partitionTypes } from './mbr.ts';

export interface GptPartition {
  /** `efiSystemType`, or another GUID as text. */
  readonly type: string;
  readonly guid: Buffer;
  /** Up to 36 characters. */
  readonly name: string;
  /** Whole MiB. */
  readonly body: readonly Piece[];
}

/** The EFI system partition (UEFI 2.10, 5.3.3). */
export const efiSystemType = 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B';

/** A GUID as it lies on the disk. */
export const guidBytes = (guid: string): Buffer => mixedEndian(Buffer.from(guid.replaceAll('-', ''), 'hex'));

/** Bytes before the partition, and after it for the second copy of the table. */
export const gptSpace = 1 << 20;

const entryBytes = 128;
const entryCount = 128;
const entrySectors = (entryBytes * entryCount) / sectorBytes;

/**
 * A disk of one partition (UEFI specification, chapter 5.3): both copies of the table, and a protective MBR.
 */
export function gptDisk(partition: GptPartition, diskGuid: Buffer): Piece[] {
  const first = gptSpace / sectorBytes;
  const bodySectors = piecesBytes(partition.body) / sectorBytes;
  const sectors = first + bodySectors + gptSpace / sectorBytes;
  const entries = Buffer.alloc(entryBytes * entryCount);
  entry(partition, first, first + bodySectors - 1).copy(entries);
  const header = (own: number, other: number, table: number): Buffer =>
    gptHeader({ own, other, table, last: sectors - entrySectors - 2, diskGuid, entries });
  const mbr = { type: partitionTypes.protective, first: 1, sectors: sectors - 1, active: false };
  const last = sectors - 1;
  return [
    ...[mbrSector(mbr, {}), header(1, last, 2), entries],
    { hole: (first - 2 - entrySectors) * sectorBytes },
    ...partition.body,
    { hole: gptSpace - (entrySectors + 1) * sectorBytes },
    ...[entries, header(last, 1, last - entrySectors)],
  ];
}

function entry({ type, guid, name }: GptPartition, first: number, last: number): Buffer {
  const row = Buffer.alloc(entryBytes);
  guidBytes(type).copy(row);
  mixedEndian(guid).copy(row, 16);
  row.writeBigUInt64LE(BigInt(first), 32);
  row.writeBigUInt64LE(BigInt(last), 40);
  row.write(name, 56, 'utf16le');
  return row;
}

interface Header {
  readonly own: number;
  readonly other: number;
  /** The sector at which the entries of this copy begin. */
  readonly table: number;
  /** The last sector for partitions. */
  readonly last: number;
  readonly diskGuid: Buffer;
  readonly entries: Buffer;
}

function gptHeader({ own, other, table, last, diskGuid, entries }: Header): Buffer {
  const sector = Buffer.alloc(sectorBytes);
  sector.write(gptSignature, 'latin1');
  sector.writeUInt32LE(0x0001_0000, 8);
  sector.writeUInt32LE(headerBytes, 12);
  for (const [at, value] of [own, other, 2 + entrySectors, last].entries()) {
    sector.writeBigUInt64LE(BigInt(value), 24 + 8 * at);
  }
  mixedEndian(diskGuid).copy(sector, 56);
  sector.writeBigUInt64LE(BigInt(table), 72);
  sector.writeUInt32LE(entryCount, 80);
  sector.writeUInt32LE(entryBytes, 84);
  sector.writeUInt32LE(crc32(entries), 88);
  sector.writeUInt32LE(crc32(sector.subarray(0, headerBytes)), 16);
  return sector;
}

const headerBytes = 92;
