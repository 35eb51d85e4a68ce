import type { TarEntry } from '../../../lib/archive/tar.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import { imageRef } from '../../images/manifest-images.ts';
import type { Reader } from '../../spec/bundle.ts';
import { entryIds } from '../../spec/ids.ts';
import type { Work } from '../../work/work.ts';
import { type Assembly, kernelImage } from '../plan/assembly.ts';
import type { PlannedBundle } from '../plan/bundles.ts';
import { sourceName } from '../plan/source-name.ts';
import { sbomEntries } from '../sbom/sbom.ts';
import { type Contents, flatBundle } from './bundle.ts';
import { flatFiles } from './files.ts';
import { folderLinks, throughLinks } from './folder-links.ts';
import { flatInit } from './init.ts';
import { flatKernel } from './kernel.ts';
import { flatVolume } from './volumes.ts';
import { withWholeNames } from './whole-names.ts';

/** What LinuxKit's tree is made of. */
export interface FlatParts extends Assembly {
  readonly bundles: readonly PlannedBundle[];
  /** Whose init reads the bundles. */
  readonly reader: Reader;
}

/**
 * LinuxKit's root file system for a manifest, in LinuxKit's order: kernel, init images, volumes, bundles, files, what a
 * format adds, and the bill of materials. Folders and a few files come more than once, and the last one counts. Nothing is unpacked and nothing
 * held: bodies are read from the layers in the cache when they are asked for.
 */
export async function* flatTree(
  parts: FlatParts,
  work: Work,
  added: readonly TarEntry[] = [],
): AsyncGenerator<TarEntry> {
  const { manifest, imageOf, bundles, reader, cwd } = parts;
  const named = (image: ResolvedImage, ref: string) => ({ image, source: sourceName(ref, image) });
  const inits = manifest.init.map((ref) => named(imageOf(ref), ref.value));
  const kernel = kernelImage(parts);
  const links = await folderLinks(
    inits.map(({ image }) => image),
    work,
  );
  if (kernel) yield* throughLinks((await flatKernel(kernel, parts, work)).entries(), links);
  yield* throughLinks(flatInit(inits, work), links);
  for (const [at, { value: volume, origin }] of manifest.volumes.entries()) {
    const filled =
      volume.image === undefined
        ? { image: undefined, source: 'empty' }
        : named(imageOf(imageRef(volume.image, origin)), volume.image);
    yield* flatVolume({ volume, written: origin, location: `volume[${at}]`, ...filled }, reader, work);
  }
  const contents: Contents = new Map();
  for (const bundle of bundles) {
    const { section, at, ref, image } = bundle;
    const origin = { source: sourceName(ref, image), location: `${section}[${at}]` };
    yield* flatBundle(bundle, reader, origin, contents, work);
  }
  yield* flatFiles(manifest.files, {
    manifest: withWholeNames(manifest),
    ids: entryIds(manifest),
    root: links,
    cwd,
    env: work.env,
  });
  yield* added;
  yield* await sbomEntries(parts, bundles);
}
