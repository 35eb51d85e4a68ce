import { posix } from 'node:path';

/**
 * What the path of an archive's entry says by itself (OCI image-spec layer.md, "Whiteouts"; the names are
 * AUFS's). The entry's type does not matter: AUFS stores all whiteouts as hard links to one file.
 */
export type PathMeaning =
  | { readonly kind: 'file' }
  /** Removes what the layers below have at `name` in the entry's folder. */
  | { readonly kind: 'whiteout'; readonly folder: string; readonly name: string }
  /** Removes everything that the layers below have in `folder`. */
  | { readonly kind: 'opaque'; readonly folder: string }
  /** AUFS's own files (`.wh..wh.plnk`, `.wh..wh.aufs`, `.wh..wh.orph`), which belong to no image. */
  | { readonly kind: 'metadata' };

const prefix = '.wh.';
const metadataPrefix = '.wh..wh.';
const opaqueName = '.wh..wh..opq';

const file: PathMeaning = { kind: 'file' };

export function meaningOf(path: string): PathMeaning {
  if (!path.includes(prefix)) return file;
  const name = posix.basename(path);
  const folder = path.slice(0, Math.max(0, path.length - name.length - 1));
  if (folder.split('/').some((part) => part.startsWith(metadataPrefix))) return { kind: 'metadata' };
  if (name === opaqueName) return { kind: 'opaque', folder };
  if (name.startsWith(metadataPrefix)) return { kind: 'metadata' };
  if (name.startsWith(prefix)) return { kind: 'whiteout', folder, name: name.slice(prefix.length) };
  return file;
}

/** Whether a path is a whiteout that names no child of its folder: `.wh.`, `.wh..`, `.wh...`. */
export const isBadWhiteout = (path: string): boolean => /(?:^|\/)\.wh\.\.{0,2}$/.test(path);

/** The whiteout that a path lies below: whiteouts hold nothing, whatever their type. */
export function whiteoutAbove(path: string): string | undefined {
  return /^(?:.*\/)?\.wh\.(?!\.wh\.)[^/]*(?=\/)/.exec(path)?.[0];
}
