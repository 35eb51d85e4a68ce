import { entryBytes } from '../../../lib/volumes/fat-layout.ts';
import { sectorBytes } from '../../../lib/volumes/sector.ts';
import { type Piece, padded } from '../../pieces/piece.ts';
import { bootSectors } from './boot-sector.ts';
import { type DirectoryEntry, dotEntries, fileEntries, labelEntry } from './directory.ts';
import { type FatKind, fatGeometry } from './geometry.ts';
import { childNames, directoryBytes, type FatFile, type FatNode, fatTree } from './tree.ts';

export interface FatOptions {
  readonly kind: FatKind;
  /** Up to 11 capitals. */
  readonly label: string;
  /** The volume's serial number, 32 bits. */
  readonly id: number;
  /** The least size of the volume; as small as possible when absent. */
  readonly minBytes?: number;
  /** Its first sector on the disk; 0 when absent. */
  readonly firstSector?: number;
}

/**
 * A FAT16 or FAT32 volume of whole MiB with these files, each contiguous, in their order (fatgen103,
 * "Microsoft FAT Specification"). All times are FAT's first. @throws KitError for what FAT cannot hold
 */
export function fatPieces(files: readonly FatFile[], options: FatOptions): Piece[] {
  const nodes = fatTree(files);
  const { kind, minBytes = 0 } = options;
  const needed = (clusterBytes: number): number =>
    nodes.reduce((sum, node) => sum + clusterCount(node, kind, clusterBytes), 0);
  const geometry = fatGeometry(kind, needed, Math.ceil(minBytes / sectorBytes));
  const clusterBytes = geometry.sectorsPerCluster * sectorBytes;
  const chains = allocate(nodes, kind, clusterBytes);
  const used = needed(clusterBytes);
  const table = padded([fatTable(kind, [...chains.values()], used)], {
    bytes: geometry.fatSectors * sectorBytes,
  });
  const contents = nodes.flatMap((node) => {
    if (!node.children) return padded(node.body, { unit: clusterBytes });
    const unit = isFixedRoot(node, kind) ? geometry.rootEntries * entryBytes : clusterBytes;
    return padded([directory(node, chains, options.label)], { unit });
  });
  const volume = [...bootSectors(geometry, options, used), ...table, ...table, ...contents];
  return padded(volume, { bytes: geometry.sectors * sectorBytes });
}

/** FAT16's root directory is not a chain of clusters: it lies before cluster 2. */
const isFixedRoot = (node: FatNode, kind: FatKind): boolean => kind === 'fat16' && !node.parent;

function clusterCount(node: FatNode, kind: FatKind, clusterBytes: number): number {
  if (isFixedRoot(node, kind)) return 0;
  return Math.ceil((node.children ? directoryBytes(node) : node.bytes) / clusterBytes);
}

interface Chain {
  /** 0 for an empty file. */
  readonly first: number;
  readonly count: number;
}

/** Cluster numbers begin at 2. */
function allocate(nodes: readonly FatNode[], kind: FatKind, clusterBytes: number): Map<FatNode, Chain> {
  let next = 2;
  return new Map(
    nodes.map((node) => {
      const count = clusterCount(node, kind, clusterBytes);
      const chain = { first: count > 0 ? next : 0, count };
      next += count;
      return [node, chain];
    }),
  );
}

/** For each cluster the next one of its file, or all bits set. The first two entries are the media type. */
function fatTable(kind: FatKind, chains: readonly Chain[], used: number): Buffer {
  const width = kind === 'fat32' ? 4 : 2;
  const last = kind === 'fat32' ? 0x0fff_ffff : 0xffff;
  const table = Buffer.alloc((used + 2) * width);
  const set = (cluster: number, value: number): void => void table.writeUIntLE(value, cluster * width, width);
  set(0, last - 7);
  set(1, last);
  for (const { first, count } of chains) {
    for (let at = 1; at < count; at += 1) set(first + at - 1, first + at);
    if (count > 0) set(first + count - 1, last);
  }
  return table;
}

function directory(node: FatNode, chains: ReadonlyMap<FatNode, Chain>, label: string): Buffer {
  const first = (of: FatNode | undefined): number => (of?.parent ? (chains.get(of)?.first ?? 0) : 0);
  const names = childNames(node);
  const entries = (node.children ?? []).map((child, at): DirectoryEntry => {
    const name = names[at] ?? { short: Buffer.alloc(11), long: undefined };
    return { name, isDirectory: child.children !== undefined, cluster: first(child), bytes: child.bytes };
  });
  const head = node.parent ? dotEntries(first(node), first(node.parent)) : labelEntry(label);
  return Buffer.concat([head, ...entries.map(fileEntries)]);
}

export type { FatFile } from './tree.ts';
