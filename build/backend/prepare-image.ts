import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { buildImage } from '../build.ts';
import { hostArch } from '../host/arch.ts';
import type { Context } from '../host/context.ts';
import { nameFrom } from '../machine/records/folder.ts';
import { isManifestName } from '../manifest/config/config-name.ts';
import { findMedia } from '../media/find-media.ts';
import type { FoundImage, MediaChoice } from '../media/found-image.ts';
import { imageName } from '../media/image-name.ts';
import { formatNamed } from '../outputs/choose-formats.ts';
import { kernelFileSuffixes } from '../outputs/kernel-files.ts';
import type { OutputFormat } from '../outputs/output.ts';
import type { Work } from '../work.ts';
import type { RunRequest } from './request/request.ts';

type ImageRequest = Pick<RunRequest, 'image' | 'format' | 'media' | 'arch'>;

/** The image that a machine boots from: found by its name, or built from a manifest. */
export async function prepareImage(
  { image, format, media, arch }: ImageRequest,
  { cwd, stdin }: Context,
  work: Work,
): Promise<FoundImage> {
  if (!isManifestName(image)) return findMedia(image, cwd, media, work);
  // One folder for each manifest and format: two manifests of the same file name must not share their
  // results.
  const key = createHash('sha256')
    .update(`${resolve(cwd, image)} ${format} ${arch ?? hostArch}`)
    .digest('hex')
    .slice(0, 12);
  const output = { dir: join(work.cache.dir, 'run', key), name: nameFrom(imageName(image)) };
  await mkdir(output.dir, { recursive: true });
  const building = { ...work, arch: arch ?? hostArch };
  const built = await buildImage([image], { ...output, formats: [format], cwd, stdin }, building);
  const main = built.files.find(({ path }) => path.endsWith(kernelFileSuffixes.kernel)) ?? built.files[0];
  if (!main) throw new KitError(`Cannot run "${image}" as ${format}: there is no file of it`);
  const row = formatNamed(format);
  const found = await findMedia(main.path, cwd, { ...media, as: media.as ?? rootOf(row) }, work);
  return { ...found, arch: building.arch, memoryMiB: memoryFor(row, found, built.memoryMiB) };
}

/** The file of the output folder that holds the root file system; undefined for formats of a single file. */
function rootOf({ run }: OutputFormat): MediaChoice['as'] {
  return run === 'file' ? undefined : run;
}

/** The build's figure is for a root file system in memory. With its root on a medium an image needs less. */
const memoryFor = ({ root }: OutputFormat, found: FoundImage, inMemoryMiB: number): number | undefined =>
  root === 'medium' ? found.memoryMiB : inMemoryMiB;
