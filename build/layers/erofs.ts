import { statSync } from 'node:fs';
import { readFile, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { layerId } from '../../lib/bundle/layers.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { digestOf } from '../cache/blobs.ts';
import { keyHash } from '../cache/derived.ts';
import { inScratch } from '../cache/scratch.ts';
import { isSealed, seal } from '../cache/seal.ts';
import { writeWhole } from '../cache/write.ts';
import { toolsTree } from '../tools/tree.ts';
import type { Work } from '../work.ts';
import type { StackedLayer } from './image-stack.ts';
import { makeErofs } from './make-erofs.ts';
import { hasLinkedDevices, normalBytes, normalTar } from './normal-tar.ts';
import type { LayerForm } from './unpacking/layer-form.ts';

/** A layer as a file system. */
export interface LayerFile {
  readonly id: string;
  readonly file: string;
  readonly bytes: number;
}

export interface LayerOptions {
  /** As small as the kernel can read it, at the price of slower reads. */
  readonly small?: boolean;
}

/** Larger tars take long to compress. */
const largeTar = 4 << 20;

/**
 * With workers, mkfs.erofs keeps compressed data in memory until its single writer gets to it: at worst the
 * whole layer. Measured with 1 GiB in one file: 478 to 1005 MB with two workers, 22 MB without, in 1.3 times
 * the time. (In both cases 0.7 KB for each path: 133 MB for 200 000 files.) With workers, a file of more than
 * 16 MiB is split, which changes the bytes: so the size of the tar alone decides, and smaller layers keep
 * their bytes.
 */
const hugeTar = 128 << 20;

/**
 * Measured with the 117 MB Node runtime: lz4hc 9 in clusters of 64 KiB gives 36.2 MB, zstd 5 in clusters of
 * 128 KiB 30.1 MB, in 512 KiB 28.5 MB, in 20 seconds of processor time. Higher levels save little and delay
 * every new user's first build. The size of the clusters shows neither in the time nor in the memory of a
 * boot, since stage 1 reads Node ahead of its start; 1 MiB saves no more. Small layers take a second at most
 * by level 12: those of sshd.yml are 2.8 MB instead of 3.4 MB by lz4hc 9; level 19 saves 0.2 MB more in ten
 * times the time.
 */
function compression(tarBytes: number, small: boolean): string[] {
  if (small && tarBytes > largeTar) return smallest;
  return [tarBytes > largeTar ? '-zzstd,level=5' : '-zzstd,level=12', '-C524288'];
}

/**
 * For `--small`. LZMA needs three times the processor time of zstd to be read. Larger clusters save another
 * 1.4 MB of Node, and reading takes as long.
 */
const smallest = ['-zlzma,level=6', '-C131072'];

/**
 * Blocks of 4 KiB, which every kernel can read; the default is the host's page size. Not part of the key: on
 * hosts with pages of 4 KiB it changes nothing, and layers in their caches stay valid.
 */
const blocks = '-b4096';

/**
 * Part of every key: raised when the bytes change for another reason than the arguments below. At the last
 * time only those of layers with linked devices did.
 */
const versionOf = (form: LayerForm): number => (hasLinkedDevices(form) ? 3 : 2);

type Layer = Pick<StackedLayer, 'id' | 'form'>;

/**
 * The layer as an EROFS image with overlayfs's whiteouts, from the cache's `layers/` or converted into it.
 * The same layer gives the same bytes: time stamp and UUID are fixed, and its size decides the number of
 * workers. Files keep their own times.
 */
export async function layerFile(
  layer: Layer,
  title: string,
  work: Work,
  { small = false }: LayerOptions = {},
): Promise<LayerFile> {
  const tools = await toolsTree(work);
  const size = normalBytes(layer.form);
  const args = [...compression(size, small), '--tar=f', '-T0', '--mkfs-time', `-U${uuidOf(layer.id)}`];
  if (size > hugeTar) args.push('--workers=0');
  const parameters = keyHash([versionOf(layer.form), tools.hash, ...args].join(' ')).slice(0, 12);
  const file = join(work.cache.dir, 'layers', `${layer.id.replace('sha256:', '')}-${parameters}.erofs`);
  if (!(await isWhole(file, layer.id, work))) {
    // Two builds at the same time want mostly the same layers.
    await work.cache.locked(`layers-${basename(file)}`, () => convertOnce(args, layer, file, title, work), {
      signal: work.signal,
    });
  }
  return { id: layerId(layer.id), file, bytes: statSync(file).size };
}

/** Does nothing if the lock's last holder has converted it. */
async function convertOnce(
  args: string[],
  layer: Layer,
  file: string,
  title: string,
  work: Work,
): Promise<void> {
  if (await isWhole(file, layer.id, work)) return;
  const megabytes = `${(normalBytes(layer.form) / 1e6).toFixed(1)} MB`;
  await work.progress.task(`Convert ${title} (${megabytes})`, () => convert(args, layer, file, work));
}

/**
 * Whether the file is there and, as far as its seal says, what was made. With `--locked` its bytes are
 * compared with the digest that was noted then. @throws KitError when they are others
 */
async function isWhole(file: string, id: string, { locked }: Work): Promise<boolean> {
  if (!isSealed(file)) return false;
  if (!locked) return true;
  const noted = await readFile(noteOf(file), 'utf8').catch(() => undefined);
  if (noted === undefined) return false;
  const { digest } = await digestOf(file);
  if (noted === digest) return true;
  throw new KitError(
    `Cannot use layer ${id} with --locked: its file system is damaged in the cache: "${file}" was ${noted} and is ${digest}`,
    { hint: 'remove that file: kit makes it again from the layer' },
  );
}

const noteOf = (file: string): string => `${file}.digest`;

/** Whether no other large layer may be converted at the same time. */
export const isLargeLayer = ({ form }: Layer): boolean => normalBytes(form) > largeTar;

/** The UUID of a layer's file system, derived from its content. */
const uuidOf = (id: string): string => asUuid(keyHash(`uuid ${id}`));

/** 32 hex digits as a UUID, with the version and variant bits of random UUIDs. */
export function asUuid(hex: string): string {
  const variant = `${'89ab'[Number.parseInt(hex[16] ?? '0', 16) & 3]}${hex.slice(17, 20)}`;
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, variant, hex.slice(20, 32)].join('-');
}

async function convert(args: string[], { form }: Layer, file: string, work: Work): Promise<void> {
  makeFolder(dirname(file));
  await inScratch(work.cache.dir, async (scratch) => {
    const part = join(scratch, 'layer.erofs');
    // The arguments may have another --workers: the last one wins.
    await makeErofs(normalTar(form), ['--workers=2', blocks, ...args], part, work);
    await seal(part);
    // First: a file without its note, or with that of an earlier one of other bytes, would not be used.
    await writeWhole(noteOf(file), (await digestOf(part)).digest);
    await rename(part, file);
  });
}
