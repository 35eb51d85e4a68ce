import { statSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { layerId } from '../../lib/bundle/layers.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { inScratch } from '../cache/scratch.ts';
import { isSealed, seal } from '../cache/seal.ts';
import { runTool } from '../tools/command.ts';
import { type Tools, toolsTree } from '../tools/tree.ts';
import { keyHash } from '../work/derived.ts';
import type { Work } from '../work/work.ts';
import type { LayerTar } from './image-tree.ts';

/** A layer as a file system. */
export interface LayerFile {
  readonly id: string;
  readonly file: string;
  readonly bytes: number;
}

/** Tars larger than this are shared by many images and rarely change: worth a slow compressor. */
const largeTar = 4 << 20;

/**
 * mkfs.erofs with workers keeps what they have compressed until its one writer comes to it: at worst the whole layer.
 * Without them it takes what it writes at once. Measured with 1 GiB in one file: 478 to 1005 MB with two workers, 22 MB
 * without any, for 1.3 times the wait. (What it knows of each path stays, 0.7 KB of it: 133 MB for 200 000 files.)
 * A file of more than 16 MiB is cut for the workers, and has other bytes without them: so the size of the tar alone
 * decides, and no layer below this has new bytes.
 */
const hugeTar = 128 << 20;

/**
 * Measured with the 116 MB Node runtime: lz4hc 9 in clusters of 64 KiB gives 50.3 MB, zstd 3 gives 43.0 MB for 14
 * seconds of processor time, zstd 5 in clusters of 128 KiB gives 40.5 MB for 38. Higher levels buy little for a wait
 * that every new user has; larger clusters (40.5 MB by zstd 3 in 256 KiB) make every first touch of a page dearer.
 */
function compression(tarBytes: number): string[] {
  return tarBytes > largeTar ? ['-zzstd,level=5', '-C131072'] : ['-zlz4hc,level=9', '-C65536'];
}

/**
 * Blocks of 4 KiB, which every kernel can read; mkfs.erofs by itself takes the size of the host's pages. Not part of the
 * key, so that nothing is converted anew: where pages have 4 KiB, the bytes were always these.
 */
const blocks = '-b4096';

/** Part of every key: raised when the bytes would change for another reason than the arguments below. */
const version = 1;

/**
 * The layer as an EROFS image with overlayfs's whiteouts, from the cache's `layers/` or converted into it. The same
 * tar gives the same bytes, since time stamp and UUID are fixed and the number of workers follows from its size; files keep their own times.
 */
export async function layerFile({ diffId, path }: LayerTar, title: string, work: Work): Promise<LayerFile> {
  const tools = await toolsTree(work);
  const size = tarSize(path);
  const args = [...compression(size), '--tar=f', '--aufs', '-T0', '--mkfs-time', `-U${uuidOf(diffId)}`];
  if (size > hugeTar) args.push('--workers=0');
  const parameters = keyHash([version, tools.hash, ...args].join(' ')).slice(0, 12);
  const file = join(work.cacheDir, 'layers', `${diffId.replace('sha256:', '')}-${parameters}.erofs`);
  if (!isSealed(file)) {
    const megabytes = `${(size / 1e6).toFixed(1)} MB`;
    await work.progress.task(`Convert ${title} (${megabytes})`, () => convert(tools, args, path, file, work));
  }
  return { id: layerId(diffId), file, bytes: statSync(file).size };
}

/** Whether it is to be converted alone: with the workers' memory, and both processors in use. */
export const isLargeLayer = ({ path }: LayerTar): boolean => tarSize(path) > largeTar;

function tarSize(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found)
    throw new KitError(`Cannot find layer "${path}": it is gone from the cache`, { hint: 'build again' });
  return found.size;
}

/** An image's identity, from its content. */
const uuidOf = (diffId: string): string => asUuid(keyHash(`uuid ${diffId}`));

/** 32 hex digits as a UUID, with the version and variant bits of random ones. */
export function asUuid(hex: string): string {
  const variant = `${'89ab'[Number.parseInt(hex[16] ?? '0', 16) & 3]}${hex.slice(17, 20)}`;
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, variant, hex.slice(20, 32)].join('-');
}

async function convert(
  tools: Tools,
  args: string[],
  tar: string,
  file: string,
  { cacheDir, signal }: Work,
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await inScratch(cacheDir, async (scratch) => {
    const part = join(scratch, 'layer.erofs');
    // The last --workers counts, if the arguments have one.
    await runTool(tools, 'mkfs.erofs', ['--quiet', '--workers=2', blocks, ...args, part, tar], {
      signal,
      // It keeps what it has read of a large layer in a file: not in a /tmp that may be memory.
      env: { TMPDIR: scratch },
    });
    await seal(part);
    await rename(part, file);
  });
}
