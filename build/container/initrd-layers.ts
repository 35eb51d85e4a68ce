import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseLayerIndex } from '../../lib/bundle/layers.ts';
import { KitError } from '../../lib/errors/errors.ts';
import type { ContainerLayer } from '../backend/launch.ts';
import { type CpioFile, readCpio } from '../binary/cpio/read-cpio.ts';
import { isGzip } from '../binary/gzip/magic.ts';
import { type ImageFile, openImage } from '../pieces/image-file.ts';
import { derivedFolder } from '../work/derived.ts';
import type { Work } from '../work/work.ts';

/** What a container needs of a layered initrd (lib/bundle/layers.ts), as files on the disk. */
export interface InitrdLayers {
  /** The list of layers, as it lies in the initrd. */
  readonly index: string;
  readonly layers: readonly ContainerLayer[];
  readonly busybox: string;
}

const chunkBytes = 1 << 20;
/** Of a list of layers, which the initrd's author wrote. */
const indexLimit = 1 << 20;

/** Takes the layers out of an initrd, each once, whatever initrds it is in: loop devices begin where blocks do. */
export async function initrdLayers(initrd: string, work: Work): Promise<InitrdLayers> {
  await using image = await openImage(initrd);
  const files = new Map<string, CpioFile>();
  if (!isGzip(await image.read(0, 2))) {
    for await (const file of readCpio(image, initrd))
      if (/^(?:layers\/|bin\/busybox$)/.test(file.path)) files.set(file.path, file);
  }
  const listed = files.get('layers/index');
  if (!listed || listed.bytes > indexLimit) {
    throw new KitError(`Cannot run "${initrd}" as a container: its init is not kit's own`, {
      hint: 'kit run, without container, boots any init',
    });
  }
  const index = (await image.read(listed.at, listed.bytes)).toString('latin1');
  const layers: ContainerLayer[] = [];
  for (const { id, use } of parseLayerIndex(index))
    layers.push({ id, use, file: await takeOut(`layers/${id}.erofs`, files, image, work) });
  return { index, layers, busybox: await takeOut('bin/busybox', files, image, work) };
}

async function takeOut(
  path: string,
  files: ReadonlyMap<string, CpioFile>,
  image: ImageFile,
  work: Work,
): Promise<string> {
  const file = files.get(path);
  if (!file) throw new KitError(`Cannot run the image as a container: "${path}" is not in its initrd`);
  // Layers are named by what they were made of; this tells apart what was made of it differently: checksum and UUID of an
  // EROFS are in its first blocks.
  const head = await image.read(file.at, Math.min(file.bytes, 2048));
  const key = `container file 1 ${path} ${file.bytes} ${head.toString('base64')}`;
  const name = basename(path);
  const folder = await derivedFolder(work, key, (made) => copyOut(image, file, join(made, name)));
  return join(folder, name);
}

async function copyOut(image: ImageFile, { at, bytes, path }: CpioFile, to: string): Promise<void> {
  await using out = await open(to, 'wx');
  for (let done = 0; done < bytes; ) {
    const chunk = await image.read(at + done, Math.min(chunkBytes, bytes - done));
    if (chunk.length === 0) throw new KitError(`Cannot read "${path}": the initrd ends in the middle of it`);
    await out.writeFile(chunk);
    done += chunk.length;
  }
}
