import { sectorBytes } from './sector.ts';

/** Where the parts of a FAT volume lie; positions and lengths in bytes from its start. */
export interface FatLayout {
  /** Bits of an entry of the table. */
  readonly bits: 12 | 16 | 32;
  readonly clusterBytes: number;
  /** Data clusters have the numbers 2 to `clusters` + 1. */
  readonly clusters: number;
  /** The first copy of the table. */
  readonly tableAt: number;
  /** The root folder of FAT12 and FAT16, which lies in a separate area before cluster 2; 0 bytes in FAT32. */
  readonly rootAt: number;
  readonly rootBytes: number;
  /** FAT32's root folder is a chain of clusters like any other; 0 in FAT12 and FAT16. */
  readonly rootCluster: number;
  /** Cluster 2. */
  readonly dataAt: number;
  /** The label in the boot sector, which tools that change the label may leave as it was. */
  readonly label: string;
}

/** Bytes of an entry of a folder. */
export const entryBytes = 32;

/**
 * The layout that a boot sector describes (Microsoft's "FAT: General Overview of On-Disk Format", BPB);
 * undefined when it is not a boot sector of FAT. That is judged as in Linux (fs/fat/inode.c), which does not
 * ask for the signature 55 aa: the variant for Atari has none.
 *
 * ```
 * 11 u16 bytes of a sector | 13 u8 sectors of a cluster | 14 u16 reserved sectors | 16 u8 tables
 * 17 u16 root entries | 21 u8 medium | 19 u16, or 32 u32 sectors | 22 u16, or 36 u32 sectors of a table
 * 44 u32 FAT32's root cluster | 43, FAT32: 71 label, 11 bytes
 * ```
 */
export function fatLayout(boot: Buffer): FatLayout | undefined {
  if (boot.length < sectorBytes) return undefined;
  const sector = boot.readUInt16LE(11);
  const [sectorsOfCluster, reserved, tables] = [
    boot.readUInt8(13),
    boot.readUInt16LE(14),
    boot.readUInt8(16),
  ];
  const media = boot.readUInt8(21);
  if (![512, 1024, 2048, 4096].includes(sector) || reserved === 0 || tables === 0 || tables > 4)
    return undefined;
  if (!isPowerOf2(sectorsOfCluster) || (media < 0xf8 && media !== 0xf0)) return undefined;
  const clusterBytes = sector * sectorsOfCluster;
  const smallTable = boot.readUInt16LE(22);
  const isFat32 = smallTable === 0;
  const tableAt = reserved * sector;
  const rootAt = tableAt + tables * (smallTable || boot.readUInt32LE(36)) * sector;
  const rootBytes = Math.ceil((boot.readUInt16LE(17) * entryBytes) / sector) * sector;
  const dataAt = rootAt + rootBytes;
  const sectors = boot.readUInt16LE(19) || boot.readUInt32LE(32);
  const clusters = Math.floor((sectors * sector - dataAt) / clusterBytes);
  if (clusters < 1) return undefined;
  const labelAt = isFat32 ? 71 : 43;
  return {
    ...{ clusterBytes, clusters, tableAt, rootAt, rootBytes, dataAt },
    bits: isFat32 ? 32 : smallBits(clusters),
    rootCluster: isFat32 ? boot.readUInt32LE(44) : 0,
    label: boot.toString('latin1', labelAt, labelAt + 11).trim(),
  };
}

/**
 * FAT32 is recognised by a BPB_FATSz16 of 0, as in Linux, blkid and fsck.fat. Microsoft's rule, 65525
 * clusters or more, mistakes small volumes of `mkfs.vfat -F 32` for FAT16 and finds an empty root folder.
 */
const smallBits = (clusters: number): 12 | 16 => (clusters < 4085 ? 12 : 16);

const isPowerOf2 = (count: number): boolean => count !== 0 && (count & (count - 1)) === 0;
