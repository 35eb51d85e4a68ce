import { join } from 'node:path';
import { inScratch } from '../../cache/scratch.ts';
import { assemble } from '../../image/assemble.ts';
import { planManifest } from '../../image/plan-manifest.ts';
import { type ReadOptions, readManifestFiles } from '../../images/manifest-files.ts';
import { writePieces } from '../../pieces/write-pieces.ts';
import type { Work } from '../../work.ts';
import { knownLayers } from '../known-layers.ts';
import { type PartName, type SizedPart, solidPart } from '../report.ts';
import { initrdFileParts } from './image-file-size.ts';

/** The kernel and the initrd that manifests are built into. @throws KitErrors, KitError */
export async function manifestParts(
  files: readonly string[],
  options: ReadOptions & { readonly production?: boolean },
  work: Work,
): Promise<SizedPart[]> {
  const manifest = await readManifestFiles(files, options, work);
  const { plan } = await planManifest(manifest, options, work);
  const image = await assemble(plan, work);
  const known = await knownLayers(work);
  const names = new Map<string, PartName>();
  for (const { layer, title, users, package: from } of await image.parts()) {
    if (layer === undefined) continue;
    // The same name as in a built image, so that the two can be compared.
    names.set(layer, { ...(known(layer) ?? { title, package: from ?? null }), users });
  }
  const kernel = image.hasKernel ? [solidPart('kernel', image.kernel.bytes, ['kernel'])] : [];
  return inScratch(work.cache.dir, async (folder) => {
    const initrd = join(folder, 'initrd.img');
    await writePieces(initrd, await image.initrd(), work.signal);
    return [...kernel, ...(await initrdFileParts(initrd, files.join(' '), (id) => names.get(id), work))];
  });
}
