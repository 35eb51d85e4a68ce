import type { Work } from '../work.ts';
import { type ImageStack, imageStack, type LayeredImage } from './image-stack.ts';
import type { IndexedEntry } from './layer-entries.ts';
import { isFolder, nodeAt, nodesBelow } from './unpacking/path-node.ts';

/** A file of an image. Its type is never `hardlink`. */
export interface MergedEntry extends IndexedEntry {
  /** Shared by the names of one file. */
  readonly inode: IndexedEntry;
  /** Whether a layer lists it. Others are parent folders of listed files. */
  readonly isListed: boolean;
}

/**
 * The entries of an image, each path once, in LinuxKit's order: those of the newest layer first. (Unlike
 * LinuxKit, opaque whiteouts are applied.) Parents that no layer lists come first.
 */
export async function mergedLayers(image: LayeredImage, work: Work): Promise<MergedEntry[]> {
  return mergedStack(await imageStack(image, work));
}

/** The same by path; paths keep their order. */
export async function mergedFiles(
  image: LayeredImage,
  work: Work,
): Promise<ReadonlyMap<string, MergedEntry>> {
  return new Map((await mergedLayers(image, work)).map((entry) => [entry.path, entry]));
}

export function mergedStack({ root, listed }: ImageStack): MergedEntry[] {
  const unlisted = [...nodesBelow(root)].filter((node) => isFolder(node) && node.listedIn < 0);
  const newestFirst = [...listed.entries()]
    .reverse()
    .flatMap(([layer, nodes]) => [...new Set(nodes)].filter(({ listedIn }) => listedIn === layer));
  return [
    ...unlisted.map(({ path, entry }) => ({ ...entry, path, inode: entry, isListed: false })),
    ...newestFirst
      .filter((node) => nodeAt(root, node.path) === node)
      .map(({ path, entry }) => ({ ...entry, path, inode: entry, isListed: true })),
  ];
}
