import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import type { Context } from '../../host/context.ts';
import { readManifestFiles } from '../../images/manifest-files.ts';
import { resolveManifest } from '../../images/manifest-images.ts';
import { resolveImage } from '../../images/resolve.ts';
import { isManifestName } from '../../manifest/config/config-name.ts';
import { isUrl } from '../../manifest/fetch.ts';
import { imageRef } from '../../manifest/images/image-refs.ts';
import { parseImageRef } from '../../reference/image-ref.ts';
import type { Work } from '../../work.ts';
import { configOfFile, configOfImage } from './find-config.ts';

/**
 * The configuration of the kernel of manifests; of one file, a configuration or a kernel; or of one image.
 * @throws KitError
 */
export async function kernelConfigText(
  words: readonly string[],
  context: Context,
  work: Work,
): Promise<string> {
  const [word = '', ...more] = words;
  if (more.length > 0 || word === '-' || isUrl(word) || isManifestName(word))
    return ofManifest(words, context, work);
  const path = resolve(context.cwd, word);
  if (existsSync(path) && !existsSync(resolve(path, 'build.yml'))) return configOfFile(path, word, work);
  const image = await resolveImage(parseImageRef(word, { folder: context.cwd }), work);
  return configOfImage(image, {}, work);
}

async function ofManifest(files: readonly string[], context: Context, work: Work): Promise<string> {
  const { kernel, ...rest } = await readManifestFiles(files, context, work);
  if (kernel?.value.image === undefined) {
    throw new KitError(`Cannot check the kernel of "${files.join(' ')}": it has no kernel`);
  }
  // Only its kernel: the other images need not be built.
  const none = { init: [], onboot: [], onshutdown: [], services: [], volumes: [] };
  const imageOf = await resolveManifest({ ...rest, ...none, kernel }, work);
  return configOfImage(imageOf(imageRef(kernel.value.image, kernel.origin)), kernel.value, work);
}
