import { type TarEntry, tarBytes, tarEntry } from '../../../lib/archive/tar.ts';
import { qcow2 } from '../../binary/disks/qcow2.ts';
import type { BootImage } from '../../image/plan/boot-image.ts';
import { createdTime } from '../../image/plan/created.ts';
import type { Piece } from '../../pieces/piece.ts';
import { pieceEntry } from '../../pieces/piece-entry.ts';
import type { Work } from '../../work.ts';
import { diskMemory, diskPieces, type PlainDisk } from '../disk/disk-image.ts';
import { oneLayerArchive } from '../docker/one-layer-archive.ts';
import type { OutputPlace } from '../output.ts';

/** The disk in a container disk. */
export const containerDiskBoot: PlainDisk = { boot: 'any', size: 2 ** 30 };

/**
 * An image for registries that holds a machine's disk, as KubeVirt attaches it (its user guide, "Disks and
 * Volumes", containerDisk): /disk has one file, which belongs to the user of QEMU there, 107.
 */
export async function* containerDisk(
  image: BootImage,
  { name, size }: OutputPlace,
  work: Work,
): AsyncGenerator<Uint8Array> {
  const { pieces } = await diskPieces(image, containerDiskBoot, size, work);
  const disk = qcow2(pieces);
  const layer = (): AsyncIterable<Uint8Array> => tarBytes(containerDiskEntries(disk));
  yield* oneLayerArchive({ name, arch: image.arch, config: {}, layer }, work);
}

export const containerDiskMemory = (image: BootImage): Promise<number> =>
  diskMemory(image, containerDiskBoot);

const qemu = { uid: 107, gid: 107, mtime: createdTime } as const;

/** The files of the layer. */
export function containerDiskEntries(disk: readonly Piece[]): TarEntry[] {
  return [
    tarEntry({ ...qemu, path: 'disk', type: 'directory', mode: 0o755 }),
    pieceEntry('disk/disk.qcow2', disk, { ...qemu, mode: 0o440 }),
  ];
}
