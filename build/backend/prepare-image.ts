import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { type BuiltImage, buildImage } from '../build.ts';
import { type Arch, hostArch } from '../host/arch.ts';
import type { Context } from '../host/context.ts';
import { nameFrom } from '../machine/records/folder.ts';
import { isManifestName } from '../manifest/config/config-name.ts';
import { type FoundInitrd, findInitrd } from '../media/find-initrd.ts';
import { findMedia } from '../media/find-media.ts';
import type { FoundImage, MediaChoice } from '../media/found-image.ts';
import { imageName } from '../media/image-name.ts';
import { formatNamed } from '../outputs/choose-formats.ts';
import { kernelFileSuffixes } from '../outputs/kernel-files.ts';
import type { OutputFormat } from '../outputs/output.ts';
import type { Work } from '../work.ts';
import type { RunRequest } from './request/request.ts';

type ImageRequest = Pick<RunRequest, 'image' | 'format' | 'trustLabels' | 'media' | 'arch'>;

/** The image that a machine boots from: found by its name, or built from a manifest. */
export async function prepareImage(request: ImageRequest, context: Context, work: Work): Promise<FoundImage> {
  const { image, format, trustLabels, media, arch = hostArch } = request;
  const { cwd } = context;
  if (!isManifestName(image)) return findMedia(image, cwd, media, work);
  const built = await buildInCache({ image, format, trustLabels, arch }, context, { ...work, arch }, true);
  const main = built.files.find(({ path }) => path.endsWith(kernelFileSuffixes.kernel)) ?? built.files[0];
  if (!main) throw new KitError(`Cannot run "${image}" as ${format}: there is no file of it`);
  const row = formatNamed(format);
  const found = await findMedia(main.path, cwd, { ...media, as: media.as ?? rootOf(row) }, work);
  const memoryMiB = memoryFor(row, found, built.memoryMiB);
  const { drivers, needs } = built;
  return { ...found, arch, memoryMiB, drivers, guestAgent: needs.guestAgent };
}

/** What runs without the image's kernel: an initrd, found by the image's name, or built from a manifest. */
export async function prepareInitrd(
  { image, trustLabels }: Pick<RunRequest, 'image' | 'trustLabels'>,
  context: Context,
  work: Work,
): Promise<FoundInitrd> {
  if (!isManifestName(image)) return findInitrd(image, context.cwd, work);
  const wanted = { image, format: 'kernel+initrd', trustLabels, arch: hostArch };
  const { files } = await buildInCache(wanted, context, { ...work, arch: hostArch }, false);
  const initrd = files.find(({ path }) => path.endsWith(kernelFileSuffixes.initrd));
  if (!initrd) throw new KitError(`Cannot run "${image}" as a container: it has no init`);
  return findInitrd(initrd.path, context.cwd, work);
}

/** Builds a manifest below `run/` in the cache. @param needsKernel refuse one that names no kernel */
async function buildInCache(
  { image, format, trustLabels, arch }: Omit<ImageRequest, 'media' | 'arch'> & { readonly arch: Arch },
  { cwd, stdin }: Context,
  work: Work,
  needsKernel: boolean,
): Promise<BuiltImage> {
  // One folder for each manifest and format: two manifests of the same file name must not share their
  // results.
  const key = createHash('sha256')
    .update(`${resolve(cwd, image)} ${format} ${arch}`)
    .digest('hex')
    .slice(0, 12);
  const output = { dir: join(work.cache.dir, 'run', key), name: nameFrom(imageName(image)) };
  makeFolder(output.dir);
  return buildImage([image], { ...output, formats: [format], trustLabels, cwd, stdin, needsKernel }, work);
}

/** The file of the output folder that holds the root file system; undefined for formats of a single file. */
function rootOf({ run }: OutputFormat): MediaChoice['as'] {
  return run === 'file' ? undefined : run;
}

/** The build's figure is for a root file system in memory. With its root on a medium an image needs less. */
const memoryFor = ({ root }: OutputFormat, found: FoundImage, inMemoryMiB: number): number | undefined =>
  root === 'medium' ? found.memoryMiB : inMemoryMiB;
