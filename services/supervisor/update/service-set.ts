import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Bundle, readBundle, readBundles } from '../../../lib/bundle/read.ts';
import { checkInventory, type ImageInventory } from '../../../lib/updates/inventory.ts';

/** The services that the machine runs: those of its image, or of an update. */
export interface ServiceSet {
  /** Undefined: its image has none, and so no update can be compared with it. */
  readonly inventory: ImageInventory | undefined;
  /** In order of name. */
  readonly bundles: readonly Bundle[];
  /** It came by an update. */
  readonly updated: boolean;
}

export interface ImagePaths {
  /** The folder of bundles. */
  readonly containers: string;
  /** A file: what the image consists of. */
  readonly inventory: string;
}

/** What a `ServiceSet` is made of again by the next supervisor. */
export interface SavedSet {
  readonly inventory: ImageInventory;
  /** The folder of each bundle. */
  readonly folders: Readonly<Record<string, string>>;
}

export function setOfImage({ containers, inventory }: ImagePaths): ServiceSet {
  return {
    inventory: readInventory(inventory),
    bundles: readBundles('services', containers),
    updated: false,
  };
}

export function setOf({ inventory, folders }: SavedSet): ServiceSet {
  const bundles = Object.entries(folders).map(([name, dir]) => readBundle('services', name, dir));
  return { inventory, bundles, updated: true };
}

export const savedSet = (inventory: ImageInventory, bundles: readonly Bundle[]): SavedSet => ({
  inventory,
  folders: Object.fromEntries(bundles.map(({ name, dir }) => [name, dir])),
});

/** Undefined: there is none, or it cannot be read. */
export function readInventory(path: string): ImageInventory | undefined {
  try {
    return checkInventory(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** Ids of the layers that are mounted there. */
export function mountedLayers(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /^[0-9a-f]{16}$/.test(name));
  } catch {
    return [];
  }
}

/**
 * Ids of the layers that the bundles need, their own top layers among them.
 * @param layers the folder of all
 */
export function layersOf(bundles: readonly Bundle[], layers: string): Set<string> {
  const options = bundles.flatMap(({ runtime }) => runtime.mounts.flatMap((mount) => mount.options));
  const folders = options.flatMap((word) => /^lowerdir=(.+)$/.exec(word)?.[1]?.split(':') ?? []);
  const below = folders.filter((folder) => folder.startsWith(`${layers}/`));
  return new Set(below.map((folder) => folder.slice(layers.length + 1).split('/')[0] ?? ''));
}

export const bundleFolder = (set: string, name: string): string => join(set, 'services', name);
