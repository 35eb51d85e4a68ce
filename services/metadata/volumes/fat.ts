/**
 * FAT12, FAT16 and FAT32 (Microsoft's "FAT: General Overview of On-Disk Format"), as far as the root folder goes.
 *
 *     boot sector: u16 sector bytes at 11 | u8 sectors a cluster at 13 | u16 reserved sectors at 14 | u8 tables at 16
 *         | u16 root entries at 17 | u16 sectors at 19, or u32 at 32 | u16 table sectors at 22, or u32 at 36
 *         | u32 root cluster at 44 (FAT32) | 11 label at 43, or at 71 (FAT32) | 0x55 0xaa at 510
 *     folder entry, 32 bytes: 11 name | u8 attributes | … | u16 cluster high at 20 | … | u16 cluster low at 26 | u32 bytes at 28
 *     part of a long name: u8 order | 5 characters of u16 | u8 15 | … | 6 characters at 14 | … | 2 characters at 28
 */

import { maximalBytes } from '../provider.ts';
import { type ReadAt, readExactly, type Volume } from './volume.ts';

interface Layout {
  readonly bits: 12 | 16 | 32;
  readonly clusterBytes: number;
  readonly tablePosition: number;
  readonly rootPosition: number;
  readonly rootBytes: number;
  readonly rootCluster: number;
  readonly dataPosition: number;
  readonly clusters: number;
  readonly bootLabel: string;
}

interface Entry {
  readonly name: string;
  readonly attributes: number;
  readonly cluster: number;
  readonly bytes: number;
}

const entrySize = 32;
const maximalFolder = 1 << 20;
const attribute = { volume: 8, folder: 16, longName: 15 } as const;

/** The volume, or undefined when the bytes hold no FAT. */
export function openFat(readAt: ReadAt): Volume | undefined {
  const boot = readAt(0, 512);
  const layout = boot.length === 512 ? readLayout(boot) : undefined;
  if (layout === undefined) return undefined;
  const list = (): Entry[] => readEntries(rootFolder(readAt, layout));
  return {
    label: labelOf(list, layout.bootLabel),
    read: (name) => {
      const wanted = name.toLowerCase();
      const special = attribute.volume | attribute.folder;
      const entry = list().find(
        (one) => (one.attributes & special) === 0 && one.name.toLowerCase() === wanted,
      );
      if (entry === undefined) return undefined;
      if (entry.bytes > maximalBytes)
        throw new RangeError(`Cannot read "${name}": longer than ${maximalBytes} bytes`);
      return readChain(readAt, layout, entry.cluster, entry.bytes);
    },
  };
}

function readLayout(boot: Buffer): Layout | undefined {
  const sector = boot.readUInt16LE(11);
  const clusterBytes = sector * boot.readUInt8(13);
  const tables = boot.readUInt8(16);
  const valid = [512, 1024, 2048, 4096].includes(sector) && clusterBytes > 0 && clusterBytes <= 1 << 18;
  if (boot.readUInt16BE(510) !== 0x55aa || !valid || tables === 0 || tables > 4) return undefined;
  const tableSectors = boot.readUInt16LE(22) || boot.readUInt32LE(36);
  const sectors = boot.readUInt16LE(19) || boot.readUInt32LE(32);
  const tablePosition = boot.readUInt16LE(14) * sector;
  const rootPosition = tablePosition + tables * tableSectors * sector;
  const rootBytes = Math.ceil((boot.readUInt16LE(17) * entrySize) / sector) * sector;
  const dataPosition = rootPosition + rootBytes;
  const clusters = Math.floor((sectors * sector - dataPosition) / clusterBytes);
  if (clusters < 1) return undefined;
  const bits = clusters < 4085 ? 12 : clusters < 65_525 ? 16 : 32;
  const bootLabel = boot.toString('latin1', bits === 32 ? 71 : 43, bits === 32 ? 82 : 54).trim();
  const rootCluster = bits === 32 ? boot.readUInt32LE(44) : 0;
  return {
    bits,
    clusterBytes,
    tablePosition,
    rootPosition,
    rootBytes,
    rootCluster,
    dataPosition,
    clusters,
    bootLabel,
  };
}

/** The label in the root folder is the one that tools change; the boot sector's may be old. */
function labelOf(list: () => Entry[], bootLabel: string): string {
  try {
    const entry = list().find(
      ({ attributes }) => (attributes & (attribute.volume | attribute.folder)) === attribute.volume,
    );
    return entry?.name.trim() ?? bootLabel;
  } catch (error) {
    if (error instanceof RangeError) return bootLabel;
    throw error;
  }
}

function rootFolder(readAt: ReadAt, layout: Layout): Buffer {
  if (layout.bits === 32) return readChain(readAt, layout, layout.rootCluster, maximalFolder);
  return readExactly(readAt, layout.rootPosition, layout.rootBytes);
}

/** At most `limit` bytes of a chain of clusters; it may end before, but may not turn in a circle. */
function readChain(readAt: ReadAt, layout: Layout, first: number, limit: number): Buffer {
  const { clusterBytes, clusters, dataPosition } = layout;
  const parts: Buffer[] = [];
  for (let cluster = first, length = 0; length < limit && cluster >= 2; length += clusterBytes) {
    if (cluster >= clusters + 2) break;
    parts.push(readExactly(readAt, dataPosition + (cluster - 2) * clusterBytes, clusterBytes));
    cluster = nextCluster(readAt, layout, cluster);
  }
  return Buffer.concat(parts).subarray(0, limit);
}

function nextCluster(readAt: ReadAt, { bits, tablePosition }: Layout, cluster: number): number {
  if (bits === 32) return readExactly(readAt, tablePosition + cluster * 4, 4).readUInt32LE() & 0x0fffffff;
  if (bits === 16) return readExactly(readAt, tablePosition + cluster * 2, 2).readUInt16LE();
  const pair = readExactly(readAt, tablePosition + Math.floor(cluster * 1.5), 2).readUInt16LE();
  return cluster % 2 === 0 ? pair & 0xfff : pair >> 4;
}

function readEntries(folder: Buffer): Entry[] {
  const entries: Entry[] = [];
  let longName = '';
  for (let at = 0; at + entrySize <= folder.length; at += entrySize) {
    const bytes = folder.subarray(at, at + entrySize);
    if (bytes[0] === 0) break;
    if (bytes[0] === 0xe5) longName = '';
    else if ((bytes.readUInt8(11) & 0x3f) === attribute.longName) longName = longNamePart(bytes) + longName;
    else {
      entries.push(readEntry(bytes, longName));
      longName = '';
    }
  }
  return entries;
}

function readEntry(bytes: Buffer, longName: string): Entry {
  const attributes = bytes.readUInt8(11);
  const [base, extension] = [
    bytes.toString('latin1', 0, 8).trimEnd(),
    bytes.toString('latin1', 8, 11).trimEnd(),
  ];
  const isLabel = (attributes & attribute.volume) !== 0;
  const shortName = isLabel ? bytes.toString('latin1', 0, 11) : `${base}${extension && `.${extension}`}`;
  const cluster = bytes.readUInt16LE(20) * 65_536 + bytes.readUInt16LE(26);
  return { name: longName || shortName, attributes, cluster, bytes: bytes.readUInt32LE(28) };
}

function longNamePart(bytes: Buffer): string {
  const characters = [bytes.subarray(1, 11), bytes.subarray(14, 26), bytes.subarray(28, 32)];
  return Buffer.concat(characters)
    .toString('utf16le')
    .replace(/[\0\uffff].*$/s, '');
}
