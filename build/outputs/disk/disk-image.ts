import { KitError } from '../../../lib/errors/errors.ts';
import type { BootImage } from '../../image/plan/boot-image.ts';
import { type Piece, piecesBytes } from '../../pieces/piece.ts';
import type { Work } from '../../work.ts';
import type { FileContent, OutputFormat } from '../output.ts';
import { imageUkiMemory } from '../uki/image-uki.ts';
import { type BootMethod, bootDisk } from './boot-disk.ts';

/** The file format around a disk. @param digest of the disk's content, for identifiers */
export type DiskContainer = (disk: readonly Piece[], digest: Buffer) => FileContent;

/** A disk before it gets a file format. */
export interface PlainDisk {
  /** `any`: by BIOS, and by EFI on arm64, which has no BIOS. */
  readonly boot: BootMethod | 'any';
  /** The least length of the disk in bytes, unless the user gives one; as small as possible when absent. */
  readonly size?: number;
  /** The disk's length is a multiple of this; of a MiB when absent. */
  readonly unit?: number;
}

interface DiskOptions extends PlainDisk {
  /** None for a raw disk. */
  readonly container?: DiskContainer;
}

type DiskImage = Required<Pick<OutputFormat, 'content' | 'firmware' | 'memoryMiB'>>;

const raw: DiskContainer = (disk) => disk;

/** A disk that boots the image, in the file format of a hypervisor or a cloud. */
export function diskImage({ container = raw, ...disk }: DiskOptions): DiskImage {
  return {
    firmware: disk.boot,
    memoryMiB: (image) => diskMemory(image, disk),
    async content(image, { size: asked }, work) {
      const { pieces, digest } = await diskPieces(image, disk, asked, work);
      return container(pieces, digest);
    },
  };
}

/** The firmware that starts a disk of an image. */
export const bootMethod = ({ arch }: BootImage, { boot }: PlainDisk): BootMethod =>
  boot !== 'any' ? boot : arch === 'amd64' ? 'bios' : 'efi';

/** The least memory, in MiB, that a machine boots in from a disk. */
export const diskMemory = (image: BootImage, disk: PlainDisk): Promise<number> =>
  bootMethod(image, disk) === 'efi' ? imageUkiMemory(image) : image.memoryMiB();

/**
 * The bytes of a disk. @param asked length, if the user gives one
 * @throws KitError for an image that does not fit
 */
export async function diskPieces(
  image: BootImage,
  plain: PlainDisk,
  asked: number | undefined,
  work: Work,
): Promise<{ readonly pieces: readonly Piece[]; readonly digest: Buffer }> {
  const { size = 0, unit = 1 << 20 } = plain;
  const disk = await bootDisk(image, bootMethod(image, plain), work);
  const atLeast = (bytes: number): Piece[] => disk.pieces(Math.ceil(bytes / unit) * unit);
  const first = atLeast(asked ?? size);
  const pieces = piecesBytes(first) % unit === 0 ? first : atLeast(piecesBytes(first));
  if (asked !== undefined) refuseLarger(piecesBytes(pieces), Math.ceil(asked / unit) * unit);
  return { pieces, digest: disk.digest };
}

function refuseLarger(bytes: number, asked: number): void {
  if (bytes <= asked) return;
  const [needed, given] = [bytes, asked].map((count) => `${Math.ceil(count / 2 ** 20)} MiB`);
  throw new KitError(`Cannot make a disk of ${given}: the image needs ${needed}`, {
    hint: `--size ${needed?.replace(' MiB', 'M')} is enough`,
  });
}
