import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type LayerIndexEntry, parseLayerIndex } from '../../lib/bundle/layers.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { type CpioFile, readCpio } from '../binary/cpio/read-cpio.ts';
import { isGzip } from '../binary/gzip/magic.ts';
import { derivedFolder } from '../cache/derived.ts';
import { openImage } from '../pieces/image-file.ts';
import type { Work } from '../work.ts';

/** The parts of a layered initrd (lib/bundle/layers.ts) that a container needs, as files in the cache. */
export interface InitrdLayers {
  /** The text of the layer index. */
  readonly index: string;
  /** Lowest first. */
  readonly layers: readonly InitrdLayer[];
  readonly busybox: string;
}

export interface InitrdLayer {
  readonly id: string;
  /** An EROFS image. */
  readonly file: string;
  readonly use: LayerIndexEntry['use'];
}

const chunkBytes = 1 << 20;
/** Upper limit for the layer index, which comes from the image's author. */
const maxIndexBytes = 1 << 20;

/**
 * Copies the layers out of an initrd into files, since a loop device needs aligned blocks, which a cpio
 * archive does not have. A layer is copied once, even if several initrds contain it.
 * @param refused begins the error for an initrd that kit did not make, and ends it with a hint
 * @throws KitError for such an initrd
 */
export async function initrdLayers(
  initrd: string,
  work: Work,
  refused = {
    action: `Cannot run "${initrd}" as a container`,
    hint: 'kit run without "container" boots any init',
  },
): Promise<InitrdLayers> {
  await using image = await openImage(initrd);
  const files = new Map<string, CpioFile>();
  // Compressed initrds are LinuxKit's, or flat.
  if (!isGzip(await image.read(0, 2))) {
    for await (const file of readCpio(image, initrd))
      if (/^(?:layers\/|bin\/busybox$)/.test(file.path)) files.set(file.path, file);
  }
  const indexFile = files.get('layers/index');
  if (!indexFile || indexFile.bytes > maxIndexBytes) {
    throw new KitError(`${refused.action}: its init is not kit's own`, { hint: refused.hint });
  }
  const index = (await indexFile.source.read(indexFile.at, indexFile.bytes)).toString('latin1');
  const layers: InitrdLayer[] = [];
  for (const { id, use } of parseLayerIndex(index))
    layers.push({ id, use, file: await extracted(`layers/${id}.erofs`, files, work) });
  return { index, layers, busybox: await extracted('bin/busybox', files, work) };
}

async function extracted(path: string, files: ReadonlyMap<string, CpioFile>, work: Work): Promise<string> {
  const file = files.get(path);
  if (!file) throw new KitError(`Cannot run the image as a container: "${path}" is not in its initrd`);
  // A layer's id is a digest of its input. Conversions of the same input by different tools differ in the
  // checksum and UUID of the EROFS superblock, which lies in the first 2 KiB.
  const head = await file.source.read(file.at, Math.min(file.bytes, 2048));
  const key = `container file 1 ${path} ${file.bytes} ${head.toString('base64')}`;
  const name = basename(path);
  const folder = await derivedFolder(work, key, (made) => copyOut(file, join(made, name)));
  return join(folder, name);
}

async function copyOut({ source, at, bytes, path }: CpioFile, to: string): Promise<void> {
  await using out = await open(to, 'wx');
  for (let done = 0; done < bytes; ) {
    const chunk = await source.read(at + done, Math.min(chunkBytes, bytes - done));
    if (chunk.length === 0) throw new KitError(`Cannot read "${path}": the initrd ends in the middle of it`);
    await out.writeFile(chunk);
    done += chunk.length;
  }
}
