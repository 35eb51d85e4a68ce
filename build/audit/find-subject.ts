import { join } from 'node:path';
import { type BuildOptions, buildImage } from '../build.ts';
import type { Context } from '../host/context.ts';
import { silent } from '../host/progress.ts';
import type { ImagePlan } from '../image/plan/image-plan.ts';
import { planManifest } from '../image/plan-manifest.ts';
import { readManifestFiles } from '../images/manifest-files.ts';
import { isManifestWord } from '../manifest/config/config-name.ts';
import { findInitrd } from '../media/find-initrd.ts';
import { findMedia } from '../media/find-media.ts';
import { kernelFileSuffixes } from '../outputs/kernel-files.ts';
import type { Work } from '../work.ts';
import type { KernelImage } from './machine/write-image.ts';

export interface Subject {
  readonly image: KernelImage;
  /** Undefined for an image without its manifest. */
  readonly plan: ImagePlan | undefined;
}

export interface SubjectOptions {
  readonly production: boolean;
  /** It is to run on a kernel of its own. */
  readonly needsKernel: boolean;
}

/**
 * The image to audit: built from manifests into `folder`, or found by its name. @throws KitErrors, KitError
 */
export async function findSubject(
  names: readonly string[],
  { production, needsKernel }: SubjectOptions,
  folder: string,
  context: Context,
  work: Work,
): Promise<Subject> {
  const { cwd, stdin } = context;
  const [name = ''] = names;
  if (!isManifestWord(name)) return { image: await finished(name, needsKernel, cwd, work), plan: undefined };
  const options: BuildOptions = {
    ...{ cwd, stdin, production, needsKernel, dir: folder, name: 'image', formats: ['kernel+initrd'] },
  };
  // What the reading of manifests says, buildImage says again.
  const manifest = await readManifestFiles(names, options, { ...work, progress: silent });
  const { plan } = await planManifest(manifest, options, work);
  await buildImage(names, options, work);
  return { image: await finished(join(folder, 'image'), needsKernel, cwd, work), plan };
}

async function finished(name: string, needsKernel: boolean, cwd: string, work: Work): Promise<KernelImage> {
  const { initrd, cmdline } = await findInitrd(name, cwd, work);
  if (!needsKernel) return { kernel: null, initrd, cmdline };
  // Throws, with a hint, when there is no kernel beside the initrd.
  await findMedia(name, cwd, { as: 'kernel', firmware: undefined, writable: false }, work);
  const start = initrd.slice(0, -kernelFileSuffixes.initrd.length);
  return { kernel: `${start}${kernelFileSuffixes.kernel}`, initrd, cmdline };
}
