import { posix } from 'node:path';
import type { Work } from '../work/work.ts';
import { type IndexedEntry, type LayerTar, layerIndex } from './layer-index.ts';

/** An entry of an image; a hard link knows what it is another name of, in the layer that made it. */
export interface MergedEntry extends IndexedEntry {
  /** Undefined for a link to nothing, and for everything that is no hard link. */
  readonly source?: IndexedEntry | undefined;
}

/**
 * What the layers, lowest first, are on top of each other, in LinuxKit's order: the entries of the newest layer first,
 * each path once, whiteouts applied. Opaque ones too, which LinuxKit passes over.
 */
export async function mergedLayers(layers: readonly LayerTar[], work: Work): Promise<MergedEntry[]> {
  const indexes: Index[] = [];
  for (const layer of layers) {
    // A path that comes twice in one archive is what its last entry says.
    indexes.push(new Map((await layerIndex(layer, work)).map((entry) => [entry.path, entry])));
  }
  const view = new View();
  return [...indexes.entries()]
    .reverse()
    .flatMap(([at, index]) =>
      view
        .addBelow(index)
        .map((entry) =>
          entry.type === 'hardlink'
            ? { ...entry, source: linkSource(indexes.slice(0, at + 1), entry) }
            : entry,
        ),
    );
}

type Index = ReadonlyMap<string, IndexedEntry>;

/** What a hard link is a name of: an entry of its own layer, or of the next below that has the path. */
function linkSource(indexes: readonly Index[], link: IndexedEntry): IndexedEntry | undefined {
  const seen = new Set([link]);
  for (let path = link.linkname; ; ) {
    const found = indexes.findLast((index) => index.has(path))?.get(path);
    if (found?.type !== 'hardlink') return found;
    if (seen.has(found)) return undefined;
    seen.add(found);
    path = found.linkname;
  }
}

const whiteout = '.wh.';
const opaque = '.wh..wh..opq';

/** What newer layers leave open for older ones. */
class View {
  /** Paths that are settled: a folder may still get children from below, everything else hides them. */
  private readonly settled = new Map<string, 'folder' | 'end'>();
  /** Folders that take nothing more from below. */
  private readonly closed = new Set<string>();
  /** Folders that something newer lies in, whether or not a layer says so. */
  private readonly parents = new Set<string>();

  /** The entries of the next older layer that are still seen. */
  addBelow(index: Index): IndexedEntry[] {
    // What hides speaks of the layers below, never of its own.
    const hide: (() => void)[] = [];
    const seen: IndexedEntry[] = [];
    for (const entry of index.values()) {
      const [folder, name] = [parentOf(entry.path), posix.basename(entry.path)];
      if (name === opaque) hide.push(() => this.closed.add(folder));
      else if (name.startsWith(whiteout)) {
        const target = posix.join(folder, name.slice(whiteout.length));
        hide.push(() => this.hideBelow(target));
      } else {
        // It took the place of what is below it, even where something newer has taken its own.
        if (entry.type !== 'directory') hide.push(() => this.hideBelow(entry.path));
        if (this.take(entry)) seen.push(entry);
      }
    }
    for (const one of hide) one();
    return seen;
  }

  private hideBelow(path: string): void {
    if (!this.settled.has(path)) this.settled.set(path, 'end');
    this.closed.add(path);
  }

  private take({ path, type }: IndexedEntry): boolean {
    if (this.settled.has(path) || this.isHidden(path)) return false;
    if (type !== 'directory' && this.parents.has(path)) return false;
    this.settled.set(path, type === 'directory' ? 'folder' : 'end');
    for (let folder = parentOf(path); folder !== '' && !this.parents.has(folder); folder = parentOf(folder)) {
      this.parents.add(folder);
    }
    return true;
  }

  private isHidden(path: string): boolean {
    for (let folder = path; folder !== ''; ) {
      folder = parentOf(folder);
      if (this.closed.has(folder) || this.settled.get(folder) === 'end') return true;
    }
    return false;
  }
}

/** `''` for what lies at the root. */
function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
