import { join } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import type { BootImage } from '../../image/plan/boot-image.ts';
import { type Piece, piecesBytes } from '../../pieces/piece.ts';
import type { Pieces } from '../../pieces/read-pieces.ts';
import { writePieces } from '../../pieces/write-pieces.ts';
import type { Output } from '../output.ts';
import { imageUkiMemory } from '../uki/image-uki.ts';
import { bootDisk, type Firmware } from './boot-disk.ts';

/** A disk in the form that a hypervisor or a cloud wants: what is written, given the disk and a digest of it. */
export type DiskForm = (disk: readonly Piece[], content: Buffer) => readonly Piece[] | (() => Pieces);

export interface DiskFormat {
  /** Ending of the file. */
  readonly own: string;
  /** `any`: by BIOS, but by EFI where no machine has a BIOS. */
  readonly firmware: Firmware | 'any';
  readonly form?: DiskForm;
  /** Bytes that the disk has at least, when the user does not say; as many as the image needs when absent. */
  readonly size?: number;
  /** Its length is a multiple of this; of a MiB when absent. */
  readonly unit?: number;
}

const raw: DiskForm = (disk) => disk;

/** The format that writes a disk which boots the image: `<name><own>`. */
export function diskImage({ own, firmware, form = raw, size = 0, unit = 1 << 20 }: DiskFormat): Output {
  const starter = ({ arch }: BootImage): Firmware => {
    return firmware !== 'any' ? firmware : arch === 'amd64' ? 'bios' : 'efi';
  };
  return {
    own,
    memoryMiB: (image) => (starter(image) === 'efi' ? imageUkiMemory(image) : image.memoryMiB()),
    async write(image, { dir, name, size: wanted }, work) {
      const disk = await bootDisk(image, starter(image), work);
      const least = (bytes: number): Piece[] => disk.pieces(Math.ceil(bytes / unit) * unit);
      const first = least(wanted ?? size);
      const pieces = piecesBytes(first) % unit === 0 ? first : least(piecesBytes(first));
      if (wanted !== undefined) refuseLarger(piecesBytes(pieces), Math.ceil(wanted / unit) * unit);
      const path = join(dir, `${name}${own}`);
      return [{ path, bytes: await writePieces(path, form(pieces, disk.content), work.signal) }];
    },
  };
}

function refuseLarger(bytes: number, wanted: number): void {
  if (bytes <= wanted) return;
  const [needed, given] = [bytes, wanted].map((count) => `${Math.ceil(count / 2 ** 20)} MiB`);
  throw new KitError(`Cannot make a disk of ${given}: the image needs ${needed}`, {
    hint: `--size ${needed?.replace(' MiB', 'M')} is enough`,
  });
}
