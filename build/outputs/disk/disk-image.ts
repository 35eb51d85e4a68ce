import { KitError } from '../../../lib/errors/errors.ts';
import type { BootImage } from '../../image/plan/boot-image.ts';
import { type Piece, piecesBytes } from '../../pieces/piece.ts';
import type { FileContent, OutputFormat } from '../output.ts';
import { imageUkiMemory } from '../uki/image-uki.ts';
import { type BootMethod, bootDisk } from './boot-disk.ts';

/** The file format around a disk. @param digest of the disk's content, for identifiers */
export type DiskContainer = (disk: readonly Piece[], digest: Buffer) => FileContent;

interface DiskOptions {
  /** `any`: by BIOS, and by EFI on arm64, which has no BIOS. */
  readonly boot: BootMethod | 'any';
  /** None for a raw disk. */
  readonly container?: DiskContainer;
  /** The least length of the disk in bytes, unless the user gives one; as small as possible when absent. */
  readonly size?: number;
  /** The disk's length is a multiple of this; of a MiB when absent. */
  readonly unit?: number;
}

type DiskImage = Required<Pick<OutputFormat, 'content' | 'memoryMiB'>>;

const raw: DiskContainer = (disk) => disk;

/** A disk that boots the image, in the file format of a hypervisor or a cloud. */
export function diskImage({ boot, container = raw, size = 0, unit = 1 << 20 }: DiskOptions): DiskImage {
  const methodFor = ({ arch }: BootImage): BootMethod => {
    return boot !== 'any' ? boot : arch === 'amd64' ? 'bios' : 'efi';
  };
  return {
    memoryMiB: (image) => (methodFor(image) === 'efi' ? imageUkiMemory(image) : image.memoryMiB()),
    async content(image, { size: asked }, work) {
      const disk = await bootDisk(image, methodFor(image), work);
      const atLeast = (bytes: number): Piece[] => disk.pieces(Math.ceil(bytes / unit) * unit);
      const first = atLeast(asked ?? size);
      const pieces = piecesBytes(first) % unit === 0 ? first : atLeast(piecesBytes(first));
      if (asked !== undefined) refuseLarger(piecesBytes(pieces), Math.ceil(asked / unit) * unit);
      return container(pieces, disk.digest);
    },
  };
}

function refuseLarger(bytes: number, asked: number): void {
  if (bytes <= asked) return;
  const [needed, given] = [bytes, asked].map((count) => `${Math.ceil(count / 2 ** 20)} MiB`);
  throw new KitError(`Cannot make a disk of ${given}: the image needs ${needed}`, {
    hint: `--size ${needed?.replace(' MiB', 'M')} is enough`,
  });
}
