import { type Piece, padded, piecesBytes, slicePieces } from '../../pieces/piece.ts';
import { blockNumbers, filledRanges, range } from './filled-blocks.ts';

const magic = 'QFI\xfb';

export const isQcow2 = (head: Buffer): boolean => head.toString('latin1', 0, 4) === magic;

const clusterBits = 16;
const clusterBytes = 1 << clusterBits;
/** Entries of 8 bytes in a cluster, as L1, L2 and refcount table have them. */
const rows = clusterBytes / 8;
/** Reference counts of 16 bits in a cluster. */
const counts = clusterBytes / 2;

/**
 * A qcow2 image, version 3 (docs/interop/qcow2.rst): header, L1 table, L2 tables with the position of each
 * cluster of 64 KiB, reference counts, and the clusters of the disk that hold anything but zeros.
 */
export function qcow2(disk: readonly Piece[]): Piece[] {
  const bytes = piecesBytes(disk);
  const ranges = filledRanges(disk, clusterBytes);
  const blocks = blockNumbers(ranges);
  const tables = [...new Set(blocks.map((block) => Math.floor(block / rows)))];
  const l1Rows = Math.ceil(bytes / clusterBytes / rows);
  const l1Clusters = Math.ceil((l1Rows * 8) / clusterBytes);
  const l2At = 1 + l1Clusters;
  const refAt = l2At + tables.length;
  const { refTable, refBlocks } = refClusters(refAt + blocks.length);
  const blocksAt = refAt + refTable;
  const dataAt = blocksAt + refBlocks;
  const data = ranges.flatMap(({ first, end }) =>
    slicePieces(disk, first * clusterBytes, end * clusterBytes),
  );
  return [
    ...padded([header(bytes, l1Rows, refAt, refTable)], { bytes: clusterBytes }),
    table(new Map(tables.map((number, at) => [number, used(l2At + at)])), l1Clusters * rows),
    table(
      new Map(blocks.map((block, at) => [place(block, tables), used(dataAt + at)])),
      tables.length * rows,
    ),
    table(
      new Map(range(0, refBlocks).map((at) => [at, BigInt((blocksAt + at) * clusterBytes)])),
      refTable * rows,
    ),
    ...padded([ones(dataAt + blocks.length)], { bytes: refBlocks * clusterBytes }),
    ...padded(data, { unit: clusterBytes }),
  ];
}

/** The index of a cluster's entry in all L2 tables, which follow each other in the file. */
function place(block: number, tables: readonly number[]): number {
  return tables.indexOf(Math.floor(block / rows)) * rows + (block % rows);
}

/** An entry of a table: the cluster's position, and QCOW_OFLAG_COPIED, since its reference count is one. */
const used = (cluster: number): bigint => BigInt(cluster * clusterBytes) | (1n << 63n);

/** The number of clusters for the reference counts, which cover these clusters too. */
function refClusters(others: number): { refTable: number; refBlocks: number } {
  let [refTable, refBlocks] = [1, 1];
  for (;;) {
    const blocks = Math.ceil((others + refTable + refBlocks) / counts);
    const clusters = Math.ceil(blocks / rows);
    if (blocks === refBlocks && clusters === refTable) return { refTable, refBlocks };
    [refTable, refBlocks] = [clusters, blocks];
  }
}

function header(bytes: number, l1Rows: number, refAt: number, refTable: number): Buffer {
  const head = Buffer.alloc(headerBytes + 8);
  head.write(magic, 'latin1');
  head.writeUInt32BE(3, 4);
  head.writeUInt32BE(clusterBits, 20);
  head.writeBigUInt64BE(BigInt(bytes), 24);
  head.writeUInt32BE(l1Rows, 36);
  head.writeBigUInt64BE(BigInt(clusterBytes), 40); // the L1 table is the second cluster
  head.writeBigUInt64BE(BigInt(refAt * clusterBytes), 48);
  head.writeUInt32BE(refTable, 56);
  head.writeUInt32BE(4, 96); // reference counts of 2⁴ bits
  head.writeUInt32BE(headerBytes, 100);
  return head;
}

const headerBytes = 104;

function table(entries: ReadonlyMap<number, bigint>, length: number): Buffer {
  const bytes = Buffer.alloc(length * 8);
  for (const [at, value] of entries) bytes.writeBigUInt64BE(value, at * 8);
  return bytes;
}

/** A reference count of one for every cluster of the file. */
function ones(clusters: number): Buffer {
  const bytes = Buffer.alloc(clusters * 2);
  for (let at = 1; at < bytes.length; at += 2) bytes[at] = 1;
  return bytes;
}
