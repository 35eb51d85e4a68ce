import { resolve } from 'node:path';
import type { ReadOptions } from '../images/manifest-files.ts';
import { isManifestWord } from '../manifest/config/config-name.ts';
import type { Work } from '../work.ts';
import { knownLayers } from './known-layers.ts';
import { type SizeReport, sizeReport } from './report.ts';
import { savedReport } from './saved-report.ts';
import { imageFileParts, isImageFile } from './sources/image-file-size.ts';
import { manifestParts } from './sources/manifest-size.ts';
import { ociImageParts } from './sources/oci-image-size.ts';

export interface SizeOptions extends ReadOptions {
  readonly cwd: string;
  readonly production?: boolean;
}

/**
 * What takes the room in the image of manifests, in a built image, in a package or in another OCI image; of a
 * `*.json` file, the report that it holds.
 * @throws KitErrors, KitError
 */
export async function sizeOf(
  words: readonly string[],
  options: SizeOptions,
  work: Work,
): Promise<SizeReport> {
  const [word = ''] = words;
  const { cwd } = options;
  const subject = words.join(' ');
  if (isManifestWord(word)) return sizeReport(subject, await manifestParts(words, options, work));
  if (/\.json$/i.test(word)) return savedReport(resolve(cwd, word));
  if (isImageFile(word, cwd))
    return sizeReport(subject, await imageFileParts(word, cwd, await knownLayers(work), work));
  return sizeReport(subject, await ociImageParts(word, cwd, work));
}
