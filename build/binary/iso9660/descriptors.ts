import { blockBytes, both16, both32, volumeDate } from './numbers.ts';

/** What the primary volume descriptor tells. */
export interface VolumeFacts {
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

/** That of everything LinuxKit makes: 18 April 2017, 16:30. A volume must not know when it was made. */
const madeSeconds = 1_492_533_000;

const set = 1;

/** ECMA-119 8.4 */
export function primaryDescriptor(facts: VolumeFacts): Buffer {
  const { id, blocks, pathTableBytes, littlePathTable, bigPathTable, rootRecord } = facts;
  const tables = Buffer.alloc(16);
  tables.writeUInt32LE(littlePathTable, 0);
  tables.writeUInt32BE(bigPathTable, 8);
  const made = volumeDate(madeSeconds);
  const body = Buffer.concat([
    ...[Buffer.alloc(1), text('LINUX', 32), text(id, 32), Buffer.alloc(8), both32(blocks), Buffer.alloc(32)],
    ...[both16(set), both16(set), both16(blockBytes), both32(pathTableBytes), tables, rootRecord],
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
    // Made, changed, good until, good from; version of the file structure.
    ...[made, made, noDate, noDate, Buffer.from([1])],
  ]);
  return descriptor(1, body);
}

/** ECMA-119 8.3 */
export const terminator = (): Buffer => descriptor(255, Buffer.alloc(0));

/** El Torito 2.0, figure 7: where the catalog is. */
export function bootDescriptor(catalogBlock: number): Buffer {
  const body = Buffer.alloc(68);
  body.write('EL TORITO SPECIFICATION', 0);
  body.writeUInt32LE(catalogBlock, 64);
  return descriptor(0, body);
}

/** Kind | 1 "CD001" | 6 version | 7 … */
const descriptor = (kind: number, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from([kind]), Buffer.from('CD001\x01'), body], blockBytes);

const text = (value: string, bytes: number): Buffer => Buffer.from(value.padEnd(bytes), 'latin1');

const noDate = Buffer.concat([Buffer.alloc(16, '0'), Buffer.alloc(1)]);
