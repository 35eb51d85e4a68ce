import { tarBytes } from '../../lib/archive/tar.ts';
import { streamed } from './streamed.ts';

/** The root file system with boot/, as LinuxKit lays it out, whoever's init it has. */
export const tar = streamed('.tar', (image) => tarBytes(image.tree()));
