import { posix } from 'node:path';

/**
 * The paths that an entry of a layer removes from the layers below it (OCI image-spec layer.md, "Whiteouts";
 * the names are AUFS's): the file or folder `path`, or for an opaque whiteout everything in the folder
 * `path`.
 */
export interface Whiteout {
  readonly kind: 'file' | 'opaque';
  readonly path: string;
}

const prefix = '.wh.';
const opaqueName = '.wh..wh..opq';

/** The whiteout that this path denotes; undefined for any other path. */
export function whiteoutOf(path: string): Whiteout | undefined {
  const name = posix.basename(path);
  if (!name.startsWith(prefix)) return undefined;
  const folder = path.slice(0, Math.max(0, path.length - name.length - 1));
  if (name === opaqueName) return { kind: 'opaque', path: folder };
  return { kind: 'file', path: posix.join(folder, name.slice(prefix.length)) };
}

/** Whether a path is a whiteout that names no child of its folder: `.wh.`, `.wh..`, `.wh...`. */
export const isBadWhiteout = (path: string): boolean => /(?:^|\/)\.wh\.\.{0,2}$/.test(path);
