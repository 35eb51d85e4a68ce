import type { TarType } from '../../lib/archive/tar.ts';

/** S_IF* of stat(2). A hard link is a name of a file. */
export const typeBits: Readonly<Record<TarType, number>> = {
  file: 0o100000,
  hardlink: 0o100000,
  directory: 0o040000,
  symlink: 0o120000,
  char: 0o020000,
  block: 0o060000,
  fifo: 0o010000,
};
