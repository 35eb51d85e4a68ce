import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type LayerIndexEntry, parseLayerIndex } from '../../../lib/bundle/layers.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { type CpioFile, readCpio } from '../../archive/cpio-read.ts';
import { derivedFolder } from '../../assemble/derived.ts';
import type { Work } from '../../work.ts';
import { type ImageBytes, openImage } from '../image-bytes.ts';

/** What a container needs of a layered initrd (lib/bundle/layers.ts), as files on the disk. */
export interface InitrdLayers {
  /** Holds `index` and `<id>.erofs`, and `busybox`. */
  readonly folder: string;
  readonly layers: readonly LayerIndexEntry[];
}

const chunkBytes = 1 << 20;
/** Of a list of layers, which the initrd's author wrote. */
const indexLimit = 1 << 20;

/** Takes the layers out of an initrd, once for each state of that file: loop devices begin where blocks do. */
export async function initrdLayers(initrd: string, work: Work): Promise<InitrdLayers> {
  await using image = await openImage(initrd);
  const files = new Map<string, CpioFile>();
  if ((await image.read(0, 2)).readUInt16BE(0) !== 0x1f8b) {
    for await (const file of readCpio((at, count) => image.read(at, count), initrd))
      if (/^(?:layers\/|bin\/busybox$)/.test(file.path)) files.set(file.path, file);
  }
  const [index, busybox] = [files.get('layers/index'), files.get('bin/busybox')];
  if (!index || !busybox || index.bytes > indexLimit) {
    throw new KitError(`Cannot run "${initrd}" as a container: its init is not kit's own`, {
      hint: 'kit run, without container, boots any init',
    });
  }
  const text = await image.read(index.at, index.bytes);
  const layers = parseLayerIndex(text.toString('latin1'));
  const key = `container layers 1\n${text}${busybox.bytes}\n${await fingerprint(image, [...files.values()])}`;
  const folder = await derivedFolder(work, key, (made) =>
    work.progress.task('Unpack the layers', () => unpack(image, files, layers, made)),
  );
  return { folder, layers };
}

/** Layers are named by what they were made of; this tells apart what was made of it differently. */
async function fingerprint(image: ImageBytes, files: readonly CpioFile[]): Promise<string> {
  const lines = files.map(async ({ path, at, bytes }) => {
    // Of EROFS: checksum and UUID are in the first blocks.
    const head = await image.read(at, Math.min(bytes, 2048));
    return `${path} ${bytes} ${head.toString('base64')}`;
  });
  return (await Promise.all(lines)).join('\n');
}

async function unpack(
  image: ImageBytes,
  files: ReadonlyMap<string, CpioFile>,
  layers: readonly LayerIndexEntry[],
  folder: string,
): Promise<void> {
  const wanted = ['bin/busybox', 'layers/index', ...layers.map(({ id }) => `layers/${id}.erofs`)];
  for (const path of wanted) {
    const file = files.get(path);
    if (!file) throw new KitError(`Cannot run the image as a container: "${path}" is not in its initrd`);
    await copyOut(image, file, join(folder, basename(path)), path === 'bin/busybox' ? 0o755 : 0o644);
  }
}

async function copyOut(
  image: ImageBytes,
  { at, bytes, path }: CpioFile,
  to: string,
  mode: number,
): Promise<void> {
  await using out = await open(to, 'wx', mode);
  for (let done = 0; done < bytes; ) {
    const chunk = await image.read(at + done, Math.min(chunkBytes, bytes - done));
    if (chunk.length === 0) throw new KitError(`Cannot read "${path}": the initrd ends in the middle of it`);
    await out.writeFile(chunk);
    done += chunk.length;
  }
}
