import { deflateSync } from 'node:zlib';
import { sectorBytes } from '../../../lib/volumes/sector.ts';
import { type Piece, padded, piecesBytes, slicePieces } from '../../pieces/piece.ts';
import { readAll } from '../../pieces/read-pieces.ts';
import { serialOf } from '../partitions/guid.ts';
import { blockNumbers, filledRanges } from './filled-blocks.ts';

const magic = 'KDMV';

export const isVmdk = (head: Buffer): boolean => head.toString('latin1', 0, 4) === magic;

const grainSectors = 128;
const grainBytes = grainSectors * sectorBytes;
/** Entries of 4 bytes in a grain table. */
const rows = 512;
const tableSectors = (rows * 4) / sectorBytes;
/** Header and descriptor. */
const headSectors = 128;

/**
 * A "streamOptimized" disk (VMware, "Virtual Disk Format 1.1"): the grains of 64 KiB that hold anything but
 * holes, each as a zlib stream, every grain table after its grains, and the grain directory at the end. The
 * content is compressed already: the streams store it, with the same bytes in every version of zlib.
 */
export function streamVmdk(disk: readonly Piece[], content: Buffer): () => AsyncGenerator<Buffer> {
  return () => stream(disk, content);
}

async function* stream(disk: readonly Piece[], content: Buffer): AsyncGenerator<Buffer> {
  const sectors = piecesBytes(disk) / sectorBytes;
  yield sector(header(sectors, atEnd), description(sectors, content));
  const directory = Buffer.alloc(
    Math.ceil((4 * Math.ceil(sectors / grainSectors / rows)) / sectorBytes) * sectorBytes,
  );
  let at = headSectors;
  for (const [table, grains] of grouped(blockNumbers(filledRanges(disk, grainBytes)))) {
    const entries = Buffer.alloc(rows * 4);
    for (const grain of grains) {
      entries.writeUInt32LE(at, (grain % rows) * 4);
      const written = await grainStream(disk, grain);
      at += written.length / sectorBytes;
      yield written;
    }
    directory.writeUInt32LE(at + 1, table * 4);
    at += 1 + tableSectors;
    yield Buffer.concat([marker(tableSectors, markers.table), entries]);
  }
  const directoryAt = at + 1;
  yield Buffer.concat([marker(directory.length / sectorBytes, markers.directory), directory]);
  yield Buffer.concat([marker(1, markers.footer), header(sectors, directoryAt), marker(0, markers.end)]);
}

/** GD_AT_END: the footer has the position of the grain directory. */
const atEnd = -1;

const markers = { end: 0, table: 1, directory: 2, footer: 3 } as const;

/** Grains by the number of their grain table. */
function grouped(grains: readonly number[]): Map<number, number[]> {
  return Map.groupBy(grains, (grain) => Math.floor(grain / rows));
}

function header(sectors: number, directoryAt: number): Buffer {
  const head = Buffer.alloc(sectorBytes);
  head.write(magic, 'latin1');
  head.writeUInt32LE(3, 4);
  head.writeUInt32LE(0x0003_0001, 8); // newline test valid, grains compressed, markers present
  const numbers = [sectors, grainSectors, 1, descriptionSectors];
  for (const [index, value] of numbers.entries()) head.writeBigUInt64LE(BigInt(value), 12 + 8 * index);
  head.writeUInt32LE(rows, 44);
  head.writeBigInt64LE(BigInt(directoryAt), 56);
  head.writeBigUInt64LE(BigInt(headSectors), 64);
  head.write('\n \r\n', 73, 'latin1'); // a transfer in text mode changes them
  head.writeUInt16LE(1, 77); // deflate
  return head;
}

const descriptionSectors = 20;

function description(sectors: number, content: Buffer): Buffer {
  const cylinders = Math.min(Math.floor(sectors / (255 * 63)), 65_535);
  const text = `# Disk DescriptorFile
version=1
CID=${serialOf(content, 'vmdk').toString(16).padStart(8, '0')}
parentCID=ffffffff
createType="streamOptimized"

# Extent description
RW ${sectors} SPARSE "disk.vmdk"

# The Disk Data Base
#DDB

ddb.adapterType = "lsilogic"
ddb.geometry.cylinders = "${cylinders}"
ddb.geometry.heads = "255"
ddb.geometry.sectors = "63"
ddb.virtualHWVersion = "6"
`;
  return Buffer.from(text);
}

/** Header and descriptor, padded up to the first grain. */
function sector(head: Buffer, text: Buffer): Buffer {
  return Buffer.concat([head, text], headSectors * sectorBytes);
}

/** A grain marker: the grain's first sector, the length of its stream, the stream, padding to a sector. */
async function grainStream(disk: readonly Piece[], grain: number): Promise<Buffer> {
  const slice = slicePieces(disk, grain * grainBytes, (grain + 1) * grainBytes);
  const stream = deflateSync(await readAll(padded(slice, { bytes: grainBytes })), { level: 0 });
  const head = Buffer.alloc(12);
  head.writeBigUInt64LE(BigInt(grain * grainSectors));
  head.writeUInt32LE(stream.length, 8);
  return Buffer.concat([head, stream], Math.ceil((12 + stream.length) / sectorBytes) * sectorBytes);
}

/** A marker: one sector that states the type of the next `sectors`. */
function marker(sectors: number, kind: (typeof markers)[keyof typeof markers]): Buffer {
  const bytes = Buffer.alloc(sectorBytes);
  bytes.writeBigUInt64LE(BigInt(sectors));
  bytes.writeUInt32LE(kind, 12);
  return bytes;
}
