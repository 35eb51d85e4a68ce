import { join } from 'node:path';
import { writePieces } from '../pieces/write-pieces.ts';
import type { Output } from './output.ts';
import { imageUki, imageUkiMemory } from './uki/image-uki.ts';

/** A unified kernel image: one EFI program, to be signed, started by firmware or picked up by a boot manager. */
export const uki: Output = {
  own: '.efi',
  memoryMiB: imageUkiMemory,
  async write(image, { dir, name }, work) {
    const path = join(dir, `${name}.efi`);
    return [{ path, bytes: await writePieces(path, await imageUki(image, work), work.signal) }];
  },
};
