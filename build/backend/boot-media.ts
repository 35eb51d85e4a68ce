import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { buildImage } from '../build.ts';
import { hostArch } from '../host/arch.ts';
import type { Context } from '../host/context.ts';
import { nameFrom } from '../machine/records/folder.ts';
import { findMedia } from '../media/find-media.ts';
import type { FoundMedia, MediaChoice } from '../media/found-media.ts';
import { formatNamed } from '../outputs/choose-formats.ts';
import { kernelFileSuffixes } from '../outputs/kernel-files.ts';
import type { OutputFormat } from '../outputs/output.ts';
import type { Work } from '../work/work.ts';
import { imageName, isManifest } from './image.ts';
import type { RunRequest } from './request.ts';

type Wanted = Pick<RunRequest, 'image' | 'format' | 'media' | 'arch'>;

/** What the machine boots from: found, or, out of a manifest, built. */
export async function bootMedia(
  { image, format, media, arch }: Wanted,
  { cwd, stdin }: Context,
  work: Work,
): Promise<FoundMedia> {
  if (!isManifest(image)) return findMedia(image, cwd, media, work);
  // A folder for each manifest and format, so that two of the same name do not overwrite each other's image.
  const key = createHash('sha256')
    .update(`${resolve(cwd, image)} ${format} ${arch ?? hostArch}`)
    .digest('hex')
    .slice(0, 12);
  const place = { dir: join(work.cache.dir, 'run', key), name: nameFrom(imageName(image)) };
  await mkdir(place.dir, { recursive: true });
  const building = { ...work, arch: arch ?? hostArch };
  const built = await buildImage([image], { ...place, formats: [format], cwd, stdin }, building);
  const main = built.files.find(({ path }) => path.endsWith(kernelFileSuffixes.kernel)) ?? built.files[0];
  if (!main) throw new KitError(`Cannot run "${image}" as ${format}: there is no file of it`);
  const row = formatNamed(format);
  const found = await findMedia(main.path, cwd, { ...media, as: media.as ?? rootOf(row) }, work);
  return { ...found, arch: building.arch, memoryMiB: memoryOf(row, found, built.memoryMiB) };
}

/** Other formats of the same manifest are in other folders: there is no doubt whose root it is. */
function rootOf({ run }: OutputFormat): MediaChoice['as'] {
  return run === 'file' ? undefined : run;
}

/** With its root on a medium an image needs less, which only the medium's own initrd tells. */
const memoryOf = ({ root }: OutputFormat, found: FoundMedia, inMemoryMiB: number): number | undefined =>
  root === 'medium' ? found.memoryMiB : inMemoryMiB;
