import { tarBytes } from '../../lib/archive/tar.ts';
import type { BootImage } from '../image/plan/boot-image.ts';

/** The root file system with boot/, as LinuxKit lays it out, with kit's init or another. */
export const treeTar = (image: BootImage): AsyncIterable<Uint8Array> => tarBytes(image.tree());
