import { KitError } from '../../../lib/errors/errors.ts';
import { entryBytes } from '../../../lib/volumes/fat-layout.ts';
import { sectorBytes } from '../../../lib/volumes/sector.ts';

/**
 * Readers distinguish the two by the number of clusters (fatgen103, "FAT Type") or by BPB_FATSz16 (Linux):
 * volumes written here satisfy both.
 */
export type FatKind = 'fat16' | 'fat32';

export interface Geometry {
  readonly kind: FatKind;
  readonly sectors: number;
  readonly sectorsPerCluster: number;
  /** Sectors before the first table. */
  readonly reserved: number;
  readonly fatSectors: number;
  /** Entries of FAT16's root directory, which lies in a separate area before cluster 2; 0 for FAT32. */
  readonly rootEntries: number;
  /** The first sector of cluster 2. */
  readonly dataStart: number;
  readonly clusters: number;
}

/** Volumes are whole MiB, so that partitions begin and end at one. */
const unitSectors = 2048;

/** FAT12 has up to 4084 clusters, FAT16 up to 65524; fatgen103 advises a distance of 16 from both. */
const limits = {
  fat16: { least: 4085 + 16, most: 65_524 - 16 },
  fat32: { least: 65_525 + 16, most: 0x0fff_fff4 - 16 },
} as const;

/**
 * The smallest volume of its kind, with the largest clusters, that has `neededClusters` of them at each
 * cluster size and at least `minSectors`. @throws KitError when FAT has no such volume
 */
export function fatGeometry(
  kind: FatKind,
  neededClusters: (clusterBytes: number) => number,
  minSectors: number,
): Geometry {
  const { least, most } = limits[kind];
  const fitting = [64, 32, 16, 8, 4, 2, 1].map((sectorsPerCluster) => {
    const needed = neededClusters(sectorsPerCluster * sectorBytes);
    return sized(kind, sectorsPerCluster, Math.max(needed, least), minSectors);
  });
  const possible = fitting.filter(({ clusters }) => clusters >= least && clusters <= most);
  const smallest = possible.toSorted(
    (a, b) => a.sectors - b.sectors || b.sectorsPerCluster - a.sectorsPerCluster,
  )[0];
  if (smallest && smallest.sectors <= 0xffff_ffff) return smallest;
  throw new KitError(`Cannot create a ${kind.toUpperCase()} file system: the files are too large for it`);
}

function sized(kind: FatKind, sectorsPerCluster: number, wanted: number, minSectors: number): Geometry {
  const reserved = kind === 'fat32' ? 32 : 1;
  const rootEntries = kind === 'fat32' ? 0 : 512;
  const fixed = reserved + (rootEntries * entryBytes) / sectorBytes;
  const numberBytes = kind === 'fat32' ? 4 : 2;
  const tables = (clusters: number): number => Math.ceil(((clusters + 2) * numberBytes) / sectorBytes);
  // Two to spare: rounding up to a MiB adds clusters, and these may need larger tables.
  const least = fixed + 2 * tables(wanted) + (wanted + 2) * sectorsPerCluster;
  const sectors = Math.ceil(Math.max(least, minSectors) / unitSectors) * unitSectors;
  const clustersWith = (fat: number): number => Math.floor((sectors - fixed - 2 * fat) / sectorsPerCluster);
  let fatSectors = tables(wanted);
  while (tables(clustersWith(fatSectors)) > fatSectors) fatSectors += 1;
  const [dataStart, clusters] = [fixed + 2 * fatSectors, clustersWith(fatSectors)];
  return { kind, sectors, sectorsPerCluster, reserved, fatSectors, rootEntries, dataStart, clusters };
}
