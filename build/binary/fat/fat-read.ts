import type { ReadBytes } from '../../pieces/image-bytes.ts';

/** A FAT volume in an image, as far as following a path needs it. */
interface Volume {
  readonly source: ReadBytes;
  readonly kind: 12 | 16 | 32;
  readonly clusterBytes: number;
  readonly tableAt: number;
  /** Where cluster 2 lies. */
  readonly dataAt: number;
  /** Bytes of the root directory before cluster 2; 0 in FAT32, which has it in clusters. */
  readonly rootBytes: number;
  readonly rootCluster: number;
}

interface Row {
  readonly isDirectory: boolean;
  readonly cluster: number;
  readonly bytes: number;
}

const rowBytes = 32;
/** No directory on the way to a boot program is longer; a chain that goes in a circle ends here. */
const mostDirectoryBytes = 1 << 18;

/**
 * The length of a file in the FAT volume that begins at `start`; undefined when it is not there, or no FAT is. Names are
 * the short ones, in any case: `EFI/BOOT/BOOTX64.EFI` (fatgen103, "Microsoft FAT Specification").
 */
export async function fatFileBytes(
  source: ReadBytes,
  start: number,
  path: string,
): Promise<number | undefined> {
  const volume = volumeOf(source, start, await source.read(start, 512));
  let row: Row | undefined = { isDirectory: true, cluster: 0, bytes: 0 };
  for (const name of path.split('/')) {
    if (!volume || !row?.isDirectory) return undefined;
    row = rowOf(await directory(volume, row.cluster), shortName(name));
  }
  return row?.isDirectory ? undefined : row?.bytes;
}

/**
 * ```
 * 11 u16 bytes of a sector | 13 u8 sectors of a cluster | 14 u16 sectors before the tables | 16 u8 tables
 * 17 u16 rows of the root | 19 u16, 32 u32 sectors | 22 u16, 36 u32 sectors of a table | 44 u32 FAT32's root cluster
 * ```
 */
function volumeOf(source: ReadBytes, start: number, boot: Buffer): Volume | undefined {
  if (boot.length < 512 || boot.readUInt16BE(510) !== 0x55aa) return undefined;
  const sector = boot.readUInt16LE(11);
  const [perCluster, tables, rootRows] = [boot.readUInt8(13), boot.readUInt8(16), boot.readUInt16LE(17)];
  if (![512, 1024, 2048, 4096].includes(sector) || perCluster === 0 || tables === 0) return undefined;
  const small = boot.readUInt16LE(22);
  const reserved = boot.readUInt16LE(14);
  const rootSectors = Math.ceil((rootRows * rowBytes) / sector);
  const dataSector = reserved + tables * (small || boot.readUInt32LE(36)) + rootSectors;
  const clusters = ((boot.readUInt16LE(19) || boot.readUInt32LE(32)) - dataSector) / perCluster;
  return {
    ...{ source, rootBytes: rootSectors * sector, clusterBytes: perCluster * sector },
    kind: small === 0 ? 32 : clusters < 4085 ? 12 : 16,
    tableAt: start + reserved * sector,
    dataAt: start + dataSector * sector,
    rootCluster: small === 0 ? boot.readUInt32LE(44) : 0,
  };
}

/** The rows of a directory; cluster 0 is the root. */
async function directory(volume: Volume, cluster: number): Promise<Buffer> {
  const { source, kind, rootBytes, rootCluster, dataAt, clusterBytes } = volume;
  if (cluster === 0 && kind !== 32) return source.read(dataAt - rootBytes, rootBytes);
  const parts: Buffer[] = [];
  let at = cluster || rootCluster;
  for (
    let bytes = 0;
    at >= 2 && at < lastCluster[kind] && bytes < mostDirectoryBytes;
    bytes += clusterBytes
  ) {
    parts.push(await source.read(dataAt + (at - 2) * clusterBytes, clusterBytes));
    at = await nextCluster(volume, at);
  }
  return Buffer.concat(parts);
}

/** From here on, numbers mean that a cluster is bad or the last of its file. */
const lastCluster = { 12: 0xff7, 16: 0xfff7, 32: 0xffffff7 } as const;

async function nextCluster({ source, kind, tableAt }: Volume, cluster: number): Promise<number> {
  const row = await source.read(tableAt + Math.floor((cluster * kind) / 8), 4);
  if (row.length < 4) return 0;
  const value = row.readUInt32LE(0);
  if (kind === 12) return (cluster % 2 === 1 ? value >>> 4 : value) & 0xfff;
  return kind === 16 ? value & 0xffff : value & 0x0fff_ffff;
}

/** 0 name, 11 letters | 11 attributes | 20 u16, 26 u16 first cluster | 28 u32 bytes */
function rowOf(rows: Buffer, name: string): Row | undefined {
  for (let at = 0; at + rowBytes <= rows.length && rows[at] !== 0; at += rowBytes) {
    const attributes = rows.readUInt8(at + 11);
    // The volume's own label, and the parts of long names, which have that bit as well.
    if ((attributes & 0x08) !== 0 || rows.toString('latin1', at, at + 11) !== name) continue;
    const cluster = rows.readUInt16LE(at + 20) * 0x10000 + rows.readUInt16LE(at + 26);
    return { isDirectory: (attributes & 0x10) !== 0, cluster, bytes: rows.readUInt32LE(at + 28) };
  }
  return undefined;
}

/** `BOOTX64.EFI` as it lies in a row: `BOOTX64 EFI`. */
function shortName(name: string): string {
  const [stem = '', ending = ''] = name.toUpperCase().split('.');
  return stem.padEnd(8) + ending.padEnd(3);
}
