import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { KitError } from '../../../lib/errors/errors.ts';
import { isGzip } from '../../binary/gzip/magic.ts';
import { inScratch } from '../../cache/scratch.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import type { LayerTar } from '../../layers/layer-entries.ts';
import type { KernelOptions } from '../../manifest/types.ts';
import type { Work } from '../../work.ts';
import { decompressedKernel } from './decompress-kernel.ts';
import { extractFiles } from './extract-files.ts';
import { kernelFileNames } from './kernel-file-names.ts';

/** Files at the root of a kernel image that hold its configuration; pkg/kernel has the first. */
const configNames = ['config', 'kernel-config', '.config'] as const;
const maximalBytes = 8 << 20;

/**
 * The text of the configuration of the kernel in an image: a file beside the kernel, or inside the kernel
 * (CONFIG_IKCONFIG). @throws KitError
 */
export function configOfImage(
  image: Pick<ResolvedImage, 'name'> & { readonly layers: readonly LayerTar[] },
  fields: KernelOptions,
  work: Work,
): Promise<string> {
  const { kernel } = kernelFileNames(fields);
  return inScratch(work.cache.dir, async (scratch) => {
    const wanted = new Map([...configNames, kernel].map((name, at) => [name, String(at)]));
    const found = await extractFiles(image, wanted, scratch, work);
    const name = configNames.find((each) => found.has(each));
    const file = join(scratch, wanted.get(name ?? kernel) ?? '');
    if (name === undefined && !found.has(kernel)) throw noConfig(image.name);
    return configOfFile(file, image.name, work);
  });
}

/**
 * The text of a configuration, packed with gzip or not, or of the configuration inside a kernel.
 * @param name for errors @throws KitError
 */
export async function configOfFile(path: string, name: string, work: Work): Promise<string> {
  const bytes = await readFile(path);
  const packed = isGzip(bytes) ? gunzipSync(bytes, { maxOutputLength: 1 << 30 }) : bytes;
  if (isText(packed)) return packed.toString('utf8');
  const inside = configInside(packed);
  if (inside !== undefined) return inside;
  const file = { file: path, bytes: (await stat(path)).size };
  const kernel = await decompressedKernel(file, work).catch(() => undefined);
  const found = kernel && configInside(await readFile(kernel.file));
  if (found === undefined) throw noConfig(name);
  return found;
}

const isText = (bytes: Buffer): boolean =>
  bytes.length <= maximalBytes && bytes.includes('CONFIG_') && !bytes.includes(0);

/** kernel/configs.c: a gzip stream between two marks. */
function configInside(kernel: Buffer): string | undefined {
  const [from, to] = [kernel.indexOf('IKCFG_ST'), kernel.indexOf('IKCFG_ED')];
  if (from === -1 || to < from) return undefined;
  try {
    return gunzipSync(kernel.subarray(from + 8, to), { maxOutputLength: maximalBytes }).toString('utf8');
  } catch {
    return undefined;
  }
}

const noConfig = (name: string): KitError =>
  new KitError(`Cannot find the configuration of the kernel in "${name}"`, {
    hint: 'name the file itself (config-6.12…, /proc/config.gz), or a kernel built with CONFIG_IKCONFIG',
  });
