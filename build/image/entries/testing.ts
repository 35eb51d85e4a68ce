import { type TarEntry, tarEntry } from '../../../lib/archive/tar.ts';
import type { Tree } from '../../tree/tree.ts';

export const dir = (path: string, mode = 0o755, uid = 0): TarEntry =>
  tarEntry({ path, type: 'directory', mode, uid });

export const link = (path: string, linkname: string): TarEntry =>
  tarEntry({ path, type: 'symlink', linkname });

export const treeOf = (...entries: TarEntry[]): Tree => new Map(entries.map((entry) => [entry.path, entry]));

/** `directory 755 etc` */
export const shown = (entries: readonly TarEntry[]): string[] =>
  entries.map(({ path, type, mode }) => `${type} ${mode.toString(8)} ${path}`);
