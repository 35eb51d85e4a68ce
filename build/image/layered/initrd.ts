import { formatLayerIndex } from '../../../lib/bundle/layers.ts';
import { type CpioEntry, cpioPieces } from '../../binary/cpio/cpio-pieces.ts';
import type { ImageLayer } from '../../layers/layers.ts';
import type { FilePiece, Piece } from '../../pieces/piece.ts';
import type { Stage1Modules, StageModule } from '../kernel/kernel.ts';
import type { Stage1 } from '../kernel/stage1.ts';

export interface InitrdParts {
  readonly stage1: Stage1;
  /** No shell in it: `kit build --production`. */
  readonly production: boolean;
  readonly modules: Stage1Modules<StageModule>;
  /** Root layers lowest first, the top layer last. */
  readonly layers: readonly ImageLayer[];
  /** Goes before all else: the kernel reads it uncompressed, from the start. */
  readonly ucode: FilePiece | undefined;
}

/** The initrd of the layered layout (lib/bundle/layers.ts), as pieces to write one after another. */
export function initrdPieces(parts: InitrdParts): Piece[] {
  const layers = parts.layers.map((layer) => file(`layers/${layer.id}.erofs`, layer));
  return archive(parts, [...modules('m', parts.modules.layers), ...index(parts), ...layers]);
}

/** The initrd beside a medium that holds the layers. */
export function mediumInitrdPieces(parts: InitrdParts): Piece[] {
  const { layers, medium, storage } = parts.modules;
  return archive(parts, [
    ...modules('m', [...layers, ...medium]),
    ...modules('s', storage),
    file('medium', parts.stage1.medium),
    ...index(parts),
  ]);
}

/** What stage 1 compares with the files, and with what a medium holds. */
export function layerIndex({ layers }: Pick<InitrdParts, 'layers'>): string {
  return formatLayerIndex(layers.map(({ id, bytes, use }) => ({ id, bytes, use })));
}

function archive({ stage1, production, ucode }: InitrdParts, entries: readonly CpioEntry[]): Piece[] {
  const pieces = cpioPieces([
    folder('bin'),
    file('bin/busybox', stage1.busybox, 0o755),
    folder('dev'),
    // The kernel opens it for stage 1 before anything is mounted.
    { path: 'dev/console', type: 'char', mode: 0o600, device: { major: 5, minor: 1 } },
    file('init', stage1.init, 0o755),
    ...(production ? [] : [file('shell', stage1.shell)]),
    ...entries,
  ]);
  return ucode ? [ucode, Buffer.alloc(-ucode.bytes & 3), ...pieces] : pieces;
}

const folder = (path: string): CpioEntry => ({ path, type: 'directory', mode: 0o755 });

const file = (path: string, body: Piece, mode = 0o644): CpioEntry => ({ path, type: 'file', mode, body });

const modules = (path: string, list: readonly StageModule[]): CpioEntry[] => [
  folder(path),
  ...list.map((module) => file(`${path}/${module.name}`, module)),
];

const index = (parts: InitrdParts): CpioEntry[] => [
  folder('layers'),
  file('layers/index', Buffer.from(layerIndex(parts))),
];
