import { formatLayerIndex } from '../../../lib/bundle/layers.ts';
import { type CpioEntry, cpioPieces } from '../../binary/cpio/cpio-pieces.ts';
import type { ImageLayer } from '../../layers/layers.ts';
import type { FilePiece, Piece } from '../../pieces/piece.ts';
import type { Work } from '../../work.ts';
import type { StageModule } from '../kernel/kernel-files.ts';
import type { Stage1Modules } from '../kernel/modules-layer.ts';
import type { Stage1 } from '../kernel/stage1-files.ts';
import { ucodePieces } from '../kernel/ucode-pieces.ts';
import { compressedArchive } from './compressed-archive.ts';

/** The inputs of the layered layout's initrd. */
export interface InitrdContents {
  readonly stage1: Stage1;
  /** Without a shell: `kit build --production`. */
  readonly production: boolean;
  readonly modules: Stage1Modules<StageModule>;
  /** Root layers lowest first, the top layer last of them. */
  readonly layers: readonly ImageLayer[];
  /** Comes first: the kernel reads it uncompressed, from the start. */
  readonly ucode: FilePiece | undefined;
}

/** The initrd with the root in memory, and its inputs. */
export interface LayeredInitrd {
  readonly contents: InitrdContents;
  /** To be written one after another; the format is that of lib/bundle/layers.ts. */
  readonly pieces: readonly Piece[];
}

/** The initrd with the root in memory. */
export async function initrdPieces(contents: InitrdContents, work: Work): Promise<Piece[]> {
  const layers = contents.layers.map((layer) => file(`layers/${layer.id}.erofs`, layer));
  return [...(await head(contents, modules('m', contents.modules.layers), work)), ...cpioPieces(layers)];
}

/** The initrd beside a medium that holds the layers. */
export function mediumInitrdPieces(contents: InitrdContents, work: Work): Promise<Piece[]> {
  const { layers, medium, storage } = contents.modules;
  const more = [
    ...modules('m', [...layers, ...medium]),
    ...modules('s', storage),
    file('medium', contents.stage1.medium),
  ];
  return head(contents, more, work);
}

/** The text of `layers/index`, which stage 1 compares with the files beside it, or on a medium. */
export function layerIndexText({ layers }: Pick<InitrdContents, 'layers'>): string {
  return formatLayerIndex(layers.map(({ id, bytes, use }) => ({ id, bytes, use })));
}

/** Microcode, then what changes with every image, then stage 1, which does not and is compressed. */
async function head(contents: InitrdContents, more: readonly CpioEntry[], work: Work): Promise<Piece[]> {
  const { stage1, production, ucode } = contents;
  const plain = cpioPieces([
    folder('dev'),
    // The kernel opens it as stage 1's standard streams, before anything is mounted.
    { path: 'dev/console', type: 'char', mode: 0o600, device: { major: 5, minor: 1 } },
    folder('layers'),
    file('layers/index', Buffer.from(layerIndexText(contents))),
  ]);
  const compressed = await compressedArchive(
    [
      folder('bin'),
      file('bin/busybox', stage1.busybox, 0o755),
      file('init', stage1.init, 0o755),
      ...(production ? [] : [file('shell', stage1.shell)]),
      ...more,
    ],
    work,
  );
  return [...ucodePieces(ucode), ...plain, ...compressed];
}

const folder = (path: string): CpioEntry => ({ path, type: 'directory', mode: 0o755 });

const file = (path: string, body: Piece, mode = 0o644): CpioEntry => ({ path, type: 'file', mode, body });

const modules = (path: string, list: readonly StageModule[]): CpioEntry[] => [
  folder(path),
  ...list.map((module) => file(`${path}/${module.name}`, module)),
];
