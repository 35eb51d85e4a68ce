import { KitError } from '../../../lib/errors/errors.ts';
import { blockBytes, firstDescriptor } from '../../../lib/volumes/iso9660-descriptor.ts';
import { type Piece, padded, piecesBytes } from '../../pieces/piece.ts';
import type { Pieces } from '../../pieces/read-pieces.ts';
import { type FinalEntry, finalEntries } from '../../tree/final-entries.ts';
import type { TreeWalk } from '../../tree/tree.ts';
import { Continuations } from './continuations.ts';
import { bootDescriptor, primaryDescriptor, terminator } from './descriptors.ts';
import { type BootPlace, type BootProgram, bootCatalog, withPosition } from './el-torito.ts';
import { type FolderRecords, folderRecords, rootRecord } from './folder-records.ts';
import { hybridMbr } from './hybrid-mbr.ts';
import { blockCount } from './numbers.ts';
import { pathTable } from './path-table.ts';
import { folders, type Inode, isFolder } from './tree.ts';

export interface IsoVolume {
  /** The label, at most 32 characters. */
  readonly volumeId: string;
  /** Its files. Hard links and device nodes are kept; Linux reads no extended attributes from an ISO. */
  readonly walk: TreeWalk;
  /** For BIOS first. */
  readonly boot?: readonly BootProgram[];
  /** GRUB's boot_hybrid.img, for machines that start a volume on a disk by its first sector. */
  readonly mbrCode?: Buffer;
  /** 8 hexadecimal digits or more, the disk signature of the MBR. */
  readonly id: string;
}

/**
 * Blocks after the last file, as mkisofs and xorriso add them: GRUB's disk cache and Linux's read-ahead read
 * in larger units and fail at the end of the medium, GRUB without a message.
 */
const paddingBlocks = 150;

/**
 * An ISO 9660 volume (ECMA-119) with Rock Ridge and El Torito. A first walk assigns all positions, and each
 * reading of the result is another walk: no temporary files. Equal files give equal bytes.
 *
 *   system area with MBR | descriptors | path tables | folders | continuations |
 *   boot catalog, programs | files
 */
export async function isoVolume(volume: IsoVolume): Promise<() => Pieces> {
  const tree = await finalEntries(volume.walk);
  const layout = place(tree, volume.boot ?? []);
  const head = await headPieces(layout, volume);
  return async function* () {
    yield* head;
    yield* files(volume.walk, layout.files);
    yield { hole: paddingBlocks * blockBytes };
  };
}

interface Layout {
  readonly records: readonly FolderRecords[];
  readonly continuations: Continuations;
  readonly tables: { readonly bytes: number; readonly little: number; readonly big: number };
  readonly continuationBlock: number;
  readonly catalogBlock: number;
  readonly boot: readonly BootPlace[];
  /** By number in the walk, in the order of their blocks. */
  readonly files: ReadonlyMap<number, Inode>;
  readonly blocks: number;
}

/** Assigns blocks to every part. */
function place(tree: ReadonlyMap<string, FinalEntry>, programs: readonly BootProgram[]): Layout {
  const all = folders(tree);
  const continuations = new Continuations();
  const records = all.map((folder) => folderRecords(folder, continuations));
  let next = firstDescriptor + 1 + (programs.length > 0 ? 1 : 0) + 1;
  const take = (bytes: number): number => {
    const block = next;
    next += blockCount(bytes);
    return block;
  };
  const tableBytes = pathTable(all, 'little').length;
  const tables = { bytes: tableBytes, little: take(tableBytes), big: take(tableBytes) };
  for (const { folder, bytes } of records) folder.inode.block = take(bytes);
  const continuationBlock = take(continuations.blocks * blockBytes);
  const catalogBlock = programs.length > 0 ? take(blockBytes) : 0;
  const boot = programs.map(({ firmware, pieces }) => {
    const bytes = piecesBytes(pieces);
    return { firmware, bytes, block: take(bytes) };
  });
  const inodes = all.flatMap(({ children }) => children.filter((child) => !isFolder(child)));
  const files = new Map<number, Inode>();
  for (const { inode } of inodes.sort((a, b) => a.inode.entry.at - b.inode.entry.at)) {
    if (inode.entry.type !== 'file' || inode.entry.size === 0 || files.has(inode.entry.at)) continue;
    inode.block = take(inode.entry.size);
    files.set(inode.entry.at, inode);
  }
  return {
    records,
    continuations,
    tables,
    continuationBlock,
    catalogBlock,
    boot,
    files,
    blocks: next + paddingBlocks,
  };
}

async function headPieces(layout: Layout, { volumeId, boot = [], mbrCode, id }: IsoVolume): Promise<Piece[]> {
  const { records, continuations, tables, continuationBlock, catalogBlock, blocks } = layout;
  const [root] = records;
  if (!root) throw new Error('a volume without a root');
  const bytesByFolder = new Map(records.map(({ folder, bytes }) => [folder, bytes]));
  const positions = {
    continuations: continuationBlock,
    folderBytes: (folder: typeof root.folder) => bytesByFolder.get(folder) ?? 0,
  };
  const all = records.map(({ folder }) => folder);
  const descriptors = [
    primaryDescriptor({
      ...{ id: volumeId, blocks, pathTableBytes: tables.bytes },
      ...{ littlePathTable: tables.little, bigPathTable: tables.big },
      rootRecord: rootRecord(root.folder, root.bytes),
    }),
    ...(boot.length > 0 ? [bootDescriptor(catalogBlock)] : []),
    terminator(),
  ];
  const system = boot.length > 0 ? [hybridMbr(layout.boot, blocks, id, mbrCode)] : [];
  const programs = boot.map((program, at) => withPosition(program, layout.boot[at]?.block ?? 0));
  return [
    ...padded(system, { bytes: firstDescriptor * blockBytes }),
    ...descriptors,
    ...inBlocks([pathTable(all, 'little')]),
    ...inBlocks([pathTable(all, 'big')]),
    ...records.map((folder) => folder.write(positions)),
    continuations.bytes(continuationBlock),
    ...(boot.length > 0 ? [bootCatalog(layout.boot)] : []),
    ...(await Promise.all(programs)).flatMap(inBlocks),
  ];
}

const inBlocks = (pieces: readonly Piece[]): Piece[] => padded(pieces, { unit: blockBytes });

/** The contents, in the order of the walk. */
async function* files(walk: TreeWalk, wanted: ReadonlyMap<number, Inode>): AsyncGenerator<Piece> {
  let at = 0;
  for await (const { body, path, size } of walk()) {
    if (wanted.has(at)) {
      let bytes = 0;
      for await (const piece of body) {
        bytes += piece.length;
        yield piece;
      }
      if (bytes !== size || size !== wanted.get(at)?.entry.size)
        throw new KitError(
          `Cannot write "${path}": it has ${bytes} bytes where ${wanted.get(at)?.entry.size} were announced`,
        );
      if (bytes % blockBytes > 0) yield { hole: blockBytes - (bytes % blockBytes) };
    }
    at += 1;
  }
}
