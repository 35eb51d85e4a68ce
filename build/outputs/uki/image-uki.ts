import type { Piece } from '../../archive/piece.ts';
import type { BootImage } from '../../assemble/boot-image.ts';
import type { Work } from '../../work.ts';
import { ukiPieces } from './uki.ts';

/** The whole image, its root in memory, as one EFI program. */
export async function imageUki(image: BootImage, work: Work): Promise<Piece[]> {
  const { arch, kernel, cmdline } = image;
  return ukiPieces({ arch, kernel, cmdline, initrd: await image.initrd() }, work);
}
