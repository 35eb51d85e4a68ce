import { blockBytes, descriptorTypes, standardIdentifier } from '../../../lib/volumes/iso9660-descriptor.ts';
import { elTorito } from './el-torito.ts';
import { both16, both32, volumeDate } from './numbers.ts';

/** The contents of the primary volume descriptor. */
export interface PrimaryFacts {
  /** At most 32 characters. */
  readonly id: string;
  readonly blocks: number;
  readonly pathTableBytes: number;
  /** First blocks of the two path tables. */
  readonly littlePathTable: number;
  readonly bigPathTable: number;
  /** 34 bytes. */
  readonly rootRecord: Buffer;
}

/** 18 April 2017, 16:30 UTC: LinuxKit's constant time stamp. The build time must not enter a volume. */
const createdSeconds = 1_492_533_000;

/** Number of volumes in the set, and of this one in it. */
const onlyVolume = 1;

/** ECMA-119 8.4 */
export function primaryDescriptor(facts: PrimaryFacts): Buffer {
  const { id, blocks, pathTableBytes, littlePathTable, bigPathTable, rootRecord } = facts;
  const tables = Buffer.alloc(16);
  tables.writeUInt32LE(littlePathTable, 0);
  tables.writeUInt32BE(bigPathTable, 8);
  const created = volumeDate(createdSeconds);
  const body = Buffer.concat([
    ...[Buffer.alloc(1), text('LINUX', 32), text(id, 32), Buffer.alloc(8), both32(blocks), Buffer.alloc(32)],
    ...[
      both16(onlyVolume),
      both16(onlyVolume),
      both16(blockBytes),
      both32(pathTableBytes),
      tables,
      rootRecord,
    ],
    // Set, publisher, preparer, application; copyright, abstract and bibliographic files.
    ...[
      text('', 128),
      text('', 128),
      text('KIT', 128),
      text('', 128),
      text('', 37),
      text('', 37),
      text('', 37),
    ],
    // Created, modified, expires, effective; version of the file structure.
    ...[created, created, noDate, noDate, Buffer.from([1])],
  ]);
  return descriptor(descriptorTypes.primary, body);
}

/** ECMA-119 8.3 */
export const terminator = (): Buffer => descriptor(descriptorTypes.terminator, Buffer.alloc(0));

/** The boot record: where the catalog is (El Torito 2.0, figure 7). */
export function bootDescriptor(catalogBlock: number): Buffer {
  const body = Buffer.alloc(68);
  body.write(elTorito, 0);
  body.writeUInt32LE(catalogBlock, 64);
  return descriptor(descriptorTypes.boot, body);
}

/** Type | 1 "CD001" | 6 version | 7 … */
const descriptor = (type: number, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from([type]), Buffer.from(`${standardIdentifier}\x01`), body], blockBytes);

const text = (value: string, bytes: number): Buffer => Buffer.from(value.padEnd(bytes), 'latin1');

const noDate = Buffer.concat([Buffer.alloc(16, '0'), Buffer.alloc(1)]);
