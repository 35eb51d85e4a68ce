import type { TarEntry } from '../../../lib/archive/tar.ts';
import { folderLinks } from '../../layers/folder-links.ts';
import { entryIds } from '../../spec/ids.ts';
import type { Work } from '../../work.ts';
import type { ImagePlan } from '../plan/image-plan.ts';
import { linuxkitName } from '../plan/linuxkit-name.ts';
import { sbomEntries } from '../sbom/sbom-entries.ts';
import { type BroughtImages, flatBundle } from './bundle.ts';
import { withExpandedReferences } from './expanded-references.ts';
import { flatFiles } from './files.ts';
import { flatInit } from './init.ts';
import type { FlatKernel } from './kernel.ts';
import { throughLinks } from './through-links.ts';
import { flatVolume } from './volumes.ts';

/**
 * LinuxKit's root file system, in LinuxKit's order: kernel, init images, volumes, bundles, files, what a
 * format adds, and the bill of materials. Folders and a few files come more than once, and the last entry
 * wins. Nothing is unpacked or held in memory: bodies are read from the layers in the cache when they are
 * asked for.
 * @param kernel called once in each walk
 * @param added further entries of a format
 */
export async function* flatTree(
  plan: ImagePlan,
  kernel: () => Promise<FlatKernel | undefined>,
  work: Work,
  added: readonly TarEntry[] = [],
): AsyncGenerator<TarEntry> {
  const { manifest, cwd } = plan;
  const links = await folderLinks(
    plan.init.map(({ image }) => image),
    work,
  );
  const kernelFiles = await kernel();
  if (kernelFiles) yield* throughLinks(kernelFiles.entries(), links);
  yield* throughLinks(flatInit(plan.init, work), links);
  for (const [at, volume] of plan.volumes.entries()) {
    yield* flatVolume(volume, `volume[${at}]`, plan.reader, work);
  }
  const brought: BroughtImages = new Map();
  for (const bundle of plan.bundles) {
    const provenance = { source: linuxkitName(bundle), location: `${bundle.section}[${bundle.at}]` };
    yield* flatBundle(bundle, plan.reader, provenance, brought, work);
  }
  yield* flatFiles(manifest.files, {
    manifest: withExpandedReferences(manifest),
    ids: entryIds(manifest),
    root: links,
    cwd,
    env: work.env,
  });
  yield* added;
  yield* await sbomEntries(plan);
}
