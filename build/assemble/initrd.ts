import { formatLayerIndex, type LayerIndexEntry } from '../../lib/bundle/layers.ts';
import { type CpioEntry, cpioPieces } from '../archive/cpio.ts';
import type { FilePiece, Piece } from '../archive/piece.ts';
import type { LayerFile } from './erofs.ts';
import type { Stage1 } from './stage1.ts';

export interface InitrdParts {
  readonly stage1: Stage1;
  /** In the order to load them in. */
  readonly modules: readonly (FilePiece & { readonly name: string })[];
  /** Root layers lowest first, the top layer last. */
  readonly layers: readonly (LayerFile & Pick<LayerIndexEntry, 'use'>)[];
  /** Goes before all else: the kernel reads it uncompressed, from the start. */
  readonly ucode: FilePiece | undefined;
}

/** The initrd of the layered layout (lib/bundle/layers.ts), as pieces to write one after another. */
export function initrdPieces({ stage1, modules, layers, ucode }: InitrdParts): Piece[] {
  const index = formatLayerIndex(layers.map(({ id, bytes, use }) => ({ id, bytes, use })));
  const folder = (path: string): CpioEntry => ({ path, type: 'directory', mode: 0o755 });
  const file = (path: string, body: Piece, mode = 0o644): CpioEntry => ({ path, type: 'file', mode, body });
  const archive = cpioPieces([
    folder('bin'),
    file('bin/busybox', stage1.busybox, 0o755),
    folder('dev'),
    // The kernel opens it for stage 1 before anything is mounted.
    { path: 'dev/console', type: 'char', mode: 0o600, device: { major: 5, minor: 1 } },
    file('init', stage1.init, 0o755),
    folder('m'),
    ...modules.map((module) => file(`m/${module.name}`, module)),
    folder('layers'),
    file('layers/index', Buffer.from(index)),
    ...layers.map((layer) => file(`layers/${layer.id}.erofs`, layer)),
  ]);
  return ucode ? [ucode, Buffer.alloc(-ucode.bytes & 3), ...archive] : archive;
}
