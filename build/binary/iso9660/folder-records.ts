import { blockBytes } from '../../../lib/volumes/iso9660-descriptor.ts';
import type { Continuations, SystemUse } from './continuations.ts';
import { both16, both32, recordingDate } from './numbers.ts';
import { extensions, indicator, ownRockRidge, rockRidge } from './rock-ridge.ts';
import { type FileNode, type FolderNode, isFolder } from './tree.ts';

/** A folder's records: their length is known before the block numbers in them are. */
export interface FolderRecords {
  readonly folder: FolderNode;
  /** A multiple of the block. */
  readonly bytes: number;
  write(blocks: Blocks): Buffer;
}

/** Block numbers and lengths that records are filled in with. */
export interface Blocks {
  /** First block of the continuation area. */
  readonly continuations: number;
  /** Bytes of a folder's records. */
  folderBytes(folder: FolderNode): number;
}

/** No record crosses a block (ECMA-119 6.8.1.1). */
export function folderRecords(folder: FolderNode, continuations: Continuations): FolderRecords {
  const isRoot = folder.parent === folder;
  const self = ownRockRidge(folder.inode);
  const rows: Row[] = [
    row(folder, '\0', isRoot ? [indicator, ...self, extensions] : self, continuations),
    row(folder.parent, '\x01', ownRockRidge(folder.parent.inode), continuations),
    ...folder.children.map((child) =>
      row(child, child.id, rockRidge(child.name, child.inode), continuations),
    ),
  ];
  const places: { readonly at: number; readonly record: Row; readonly section: Section }[] = [];
  let at = 0;
  for (const record of rows) {
    for (const section of sections(record.node)) {
      const left = blockBytes - (at % blockBytes);
      if (record.bytes > left) at += left;
      places.push({ at, record, section });
      at += record.bytes;
    }
  }
  const bytes = Math.ceil(at / blockBytes) * blockBytes;
  return {
    folder,
    bytes,
    write(blocks) {
      const all = Buffer.alloc(bytes);
      for (const place of places) write(place.record, place.section, blocks).copy(all, place.at);
      return all;
    },
  };
}

interface Row {
  readonly node: FileNode | FolderNode;
  readonly id: Buffer;
  readonly bytes: number;
  readonly systemUse: SystemUse;
}

/** The length of a record is one byte, and even. */
const recordLimit = 254;
const fixedBytes = 33;

function row(
  node: FileNode | FolderNode,
  id: string,
  fields: readonly Buffer[],
  continuations: Continuations,
): Row {
  const head = even(fixedBytes + id.length);
  const systemUse = continuations.place(fields, recordLimit - head);
  return { node, id: Buffer.from(id, 'latin1'), bytes: even(head + systemUse(0).length), systemUse };
}

const even = (bytes: number): number => bytes + (bytes & 1);

/** A part of a file that one record describes: its length has 32 bits. */
interface Section {
  /** In blocks, from where the file begins. */
  readonly offset: number;
  readonly bytes: number;
  readonly isLast: boolean;
}

/** The largest multiple of the block that 32 bits hold. */
export const sectionLimit = 0xfffff800;

function sections(node: FileNode | FolderNode): Section[] {
  const { size } = node.inode.entry;
  if (isFolder(node) || size <= sectionLimit) return [{ offset: 0, bytes: size, isLast: true }];
  return Array.from({ length: Math.ceil(size / sectionLimit) }, (_, index) => ({
    offset: (index * sectionLimit) / blockBytes,
    bytes: Math.min(sectionLimit, size - index * sectionLimit),
    isLast: (index + 1) * sectionLimit >= size,
  }));
}

const flags = { folder: 2, moreSections: 0x80 } as const;

/**
 * ECMA-119 9.1: length | 1 length of attributes | 2 first block | 10 bytes | 18 date | 25 flags | 26 unit and
 * gap size | 28 volume number | 32 length of the id | 33 id, filled up to an even place | system use
 */
function write({ node, id, bytes, systemUse }: Row, section: Section, blocks: Blocks): Buffer {
  const { block, entry } = node.inode;
  const size = isFolder(node) ? blocks.folderBytes(node) : section.bytes;
  const flag = (isFolder(node) ? flags.folder : 0) | (section.isLast ? 0 : flags.moreSections);
  const head = Buffer.concat([
    Buffer.from([bytes, 0]),
    both32(block + section.offset),
    both32(size),
    recordingDate(entry.mtime),
    Buffer.from([flag, 0, 0]),
    both16(1),
    Buffer.from([id.length]),
    id,
    Buffer.alloc((fixedBytes + id.length) & 1),
  ]);
  return Buffer.concat([head, systemUse(blocks.continuations)], bytes);
}

/** The root's record in a volume descriptor, which has no system use area. */
export function rootRecord(root: FolderNode, bytes: number): Buffer {
  const record: Row = { node: root, id: Buffer.from([0]), bytes: 34, systemUse: () => Buffer.alloc(0) };
  return write(record, { offset: 0, bytes, isLast: true }, { continuations: 0, folderBytes: () => bytes });
}
