import { join } from 'node:path';
import { tarBytes } from '../archive/tar.ts';
import type { Output } from './output.ts';
import { writePieces } from './write-pieces.ts';

/** The root file system with boot/, as LinuxKit lays it out, whoever's init it has. */
export const tar: Output = {
  root: 'none',
  async write(image, { dir, name }, { signal }) {
    const path = join(dir, `${name}.tar`);
    return [{ path, bytes: await writePieces(path, () => tarBytes(image.tree()), signal) }];
  },
};
