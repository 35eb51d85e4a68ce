import type { Work } from '../work.ts';
import { type IndexedEntry, type LayerTar, layerEntries } from './layer-entries.ts';
import { whiteoutOf } from './whiteout.ts';

/** An entry of an image; a hard link has its target, as the link's own layer saw it. */
export interface MergedEntry extends IndexedEntry {
  /** Undefined for a link without a target, and for every entry other than a hard link. */
  readonly source?: IndexedEntry | undefined;
}

/**
 * The entries of an image with these layers, lowest first, in LinuxKit's order: those of the newest layer
 * first, each path once. Whiteouts are applied, and opaque ones too, which LinuxKit ignores.
 */
export async function mergedLayers(layers: readonly LayerTar[], work: Work): Promise<MergedEntry[]> {
  const indexes: Index[] = [];
  for (const layer of layers) {
    // Of a path that comes twice in one archive the last entry wins.
    indexes.push(new Map((await layerEntries(layer, work)).map((entry) => [entry.path, entry])));
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

/** The target of a hard link: an entry of its own layer, or of the next one below that has the path. */
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

/** The paths of older layers that newer ones leave visible. */
class View {
  /** Paths that newer layers have: a folder merges with older layers, everything else (`end`) hides them. */
  readonly #visible = new Map<string, 'folder' | 'end'>();
  /** Folders that older layers add nothing to. */
  readonly #closed = new Set<string>();
  /** Folders that newer layers have something in, with or without an entry of their own. */
  readonly #parents = new Set<string>();

  /** The entries of the next older layer that are visible. */
  addBelow(index: Index): IndexedEntry[] {
    // Whiteouts and entries hide paths of the layers below, never of their own.
    const hide: (() => void)[] = [];
    const seen: IndexedEntry[] = [];
    for (const entry of index.values()) {
      const whiteout = whiteoutOf(entry.path);
      if (whiteout?.kind === 'opaque') hide.push(() => this.#closed.add(whiteout.path));
      else if (whiteout) hide.push(() => this.#hideBelow(whiteout.path));
      else {
        // It hides what older layers have at its path, even where a newer layer hides it in turn.
        if (entry.type !== 'directory') hide.push(() => this.#hideBelow(entry.path));
        if (this.#take(entry)) seen.push(entry);
      }
    }
    for (const one of hide) one();
    return seen;
  }

  #hideBelow(path: string): void {
    if (!this.#visible.has(path)) this.#visible.set(path, 'end');
    this.#closed.add(path);
  }

  #take({ path, type }: IndexedEntry): boolean {
    if (this.#visible.has(path) || this.#isHidden(path)) return false;
    if (type !== 'directory' && this.#parents.has(path)) return false;
    this.#visible.set(path, type === 'directory' ? 'folder' : 'end');
    for (
      let folder = parentOf(path);
      folder !== '' && !this.#parents.has(folder);
      folder = parentOf(folder)
    ) {
      this.#parents.add(folder);
    }
    return true;
  }

  #isHidden(path: string): boolean {
    for (let folder = path; folder !== ''; ) {
      folder = parentOf(folder);
      if (this.#closed.has(folder) || this.#visible.get(folder) === 'end') return true;
    }
    return false;
  }
}

/** `''` for a path in the root. */
function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
