import { KitError } from '../../../lib/errors/errors.ts';
import { entryBytes } from '../../../lib/volumes/fat-layout.ts';
import { type Piece, piecesBytes } from '../../pieces/piece.ts';
import { entryCount } from './directory.ts';
import { type FatName, fatNames } from './names.ts';

export interface FatFile {
  /** `EFI/BOOT/BOOTX64.EFI`; its folders need no entries of their own. */
  readonly path: string;
  readonly body: readonly Piece[];
}

export interface FatNode {
  readonly path: string;
  /** Undefined for the root. */
  readonly parent: FatNode | undefined;
  /** Undefined for files. */
  readonly children: FatNode[] | undefined;
  readonly body: readonly Piece[];
  readonly bytes: number;
}

/** The root, the other folders, then the files: the order in which they lie on the volume. */
export function fatTree(files: readonly FatFile[]): FatNode[] {
  const root: FatNode = { path: '', parent: undefined, children: [], body: [], bytes: 0 };
  const folders = new Map([['', root]]);
  const leaves = files.map(({ path, body }) => {
    checkPath(path);
    const parent = folderOf(path, folders);
    const leaf: FatNode = { path, parent, children: undefined, body, bytes: checkedBytes(path, body) };
    addChild(parent, leaf);
    return leaf;
  });
  return [...folders.values(), ...leaves];
}

/** Names for the children of a folder, in their order. */
export function childNames({ children = [] }: FatNode): FatName[] {
  return fatNames(children.map(({ path }) => baseName(path)));
}

/** Bytes of the entries of a folder: the label or the dots, then its children. */
export function directoryBytes(folder: FatNode): number {
  const own = folder.parent ? 2 : 1;
  return entryBytes * childNames(folder).reduce((sum, name) => sum + entryCount(name), own);
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function folderOf(path: string, folders: Map<string, FatNode>): FatNode {
  const name = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
  const known = folders.get(name.toUpperCase());
  if (known) return known;
  const parent = folderOf(name, folders);
  const folder: FatNode = { path: name, parent, children: [], body: [], bytes: 0 };
  addChild(parent, folder);
  folders.set(name.toUpperCase(), folder);
  return folder;
}

/** FAT's names are case-insensitive. */
function addChild(parent: FatNode, child: FatNode): void {
  const same = parent.children?.find(({ path }) => path.toUpperCase() === child.path.toUpperCase());
  if (same)
    throw new KitError(
      `Cannot put "${child.path}" on a FAT file system: "${same.path}" has the same name there`,
    );
  parent.children?.push(child);
}

function checkPath(path: string): void {
  const good = path
    .split('/')
    .every((name) => /^[^\0-\x1f"*:<>?\\|/]{1,255}$/.test(name) && !/^\.|[. ]$/.test(name));
  if (!good) throw new KitError(`Cannot put "${path}" on a FAT file system: the name is not valid on FAT`);
}

function checkedBytes(path: string, body: readonly Piece[]): number {
  const bytes = piecesBytes(body);
  if (bytes <= 0xffff_ffff) return bytes;
  throw new KitError(
    `Cannot put "${path}" on a FAT file system: its ${bytes} bytes exceed the limit of 4 GiB`,
  );
}
