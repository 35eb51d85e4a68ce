import type { BootImage } from '../../image/plan/boot-image.ts';
import { efiMemoryNeeded } from '../../image/plan/memory.ts';
import { type Piece, piecesBytes } from '../../pieces/piece.ts';
import type { Work } from '../../work.ts';
import type { OutputPlace } from '../output.ts';
import { ukiPieces } from './uki.ts';

/** The image as one EFI program, to be signed, started by firmware or picked up by a boot manager. */
export const uki = (image: BootImage, _place: OutputPlace, work: Work): Promise<Piece[]> =>
  imageUki(image, work);

/** The whole image, its root in memory, as one EFI program. */
export async function imageUki(image: BootImage, work: Work): Promise<Piece[]> {
  const { arch, kernel, cmdline } = image;
  const signer = image.signer();
  return ukiPieces({ arch, kernel, cmdline, signer, initrd: await image.initrd() }, work);
}

/** The least memory, in MiB, that it starts and runs in. */
export async function imageUkiMemory(image: BootImage): Promise<number> {
  const program = image.kernel.bytes + piecesBytes(await image.initrd());
  return Math.max(await image.memoryMiB(), efiMemoryNeeded(program));
}
