import { type Piece, padded } from '../../pieces/piece.ts';
import { bootSectors } from './boot-sector.ts';
import { type DirectoryRow, dotRows, fileRows, labelRow } from './directory.ts';
import { type FatKind, fatGeometry, sectorBytes } from './geometry.ts';
import { childNames, directoryBytes, type FatFile, type FatNode, fatTree } from './tree.ts';

export interface FatOptions {
  readonly kind: FatKind;
  /** Up to 11 capitals. */
  readonly label: string;
  /** 32 bits that tell the volume from others. */
  readonly id: number;
  /** The volume is at least so large; as small as it can be when absent. */
  readonly minBytes?: number;
  /** Where it begins on its disk, in sectors; 0 when absent. */
  readonly firstSector?: number;
}

/**
 * A FAT16 or FAT32 volume of whole MiB with these files, each in one stretch, in their order (fatgen103, "Microsoft
 * FAT Specification"). All times are the first that FAT knows. @throws KitError for what FAT cannot hold
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
    const unit = isFixedRoot(node, kind) ? geometry.rootRows * 32 : clusterBytes;
    return padded([directory(node, chains, options.label)], { unit });
  });
  const volume = [...bootSectors(geometry, options, used), ...table, ...table, ...contents];
  return padded(volume, { bytes: geometry.sectors * sectorBytes });
}

/** FAT16 keeps its root directory before cluster 2, in a place of its own. */
const isFixedRoot = (node: FatNode, kind: FatKind): boolean => kind === 'fat16' && !node.parent;

function clusterCount(node: FatNode, kind: FatKind, clusterBytes: number): number {
  if (isFixedRoot(node, kind)) return 0;
  return Math.ceil((node.children ? directoryBytes(node) : node.bytes) / clusterBytes);
}

interface Chain {
  /** 0 where there is none. */
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

/** For each cluster the next one of its file, the last with all bits set; two rows before them tell the medium. */
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
  const rows = (node.children ?? []).map((child, at): DirectoryRow => {
    const name = names[at] ?? { short: Buffer.alloc(11), long: undefined };
    return { name, isDirectory: child.children !== undefined, cluster: first(child), bytes: child.bytes };
  });
  const head = node.parent ? dotRows(first(node), first(node.parent)) : labelRow(label);
  return Buffer.concat([head, ...rows.map(fileRows)]);
}

export type { FatFile } from './tree.ts';
