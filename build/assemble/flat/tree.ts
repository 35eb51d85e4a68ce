import type { TarEntry } from '../../archive/tar.ts';
import type { Manifest } from '../../manifest/types.ts';
import type { ResolvedImage } from '../../packages/resolve.ts';
import type { Reader } from '../../spec/bundle.ts';
import { entryIds } from '../../spec/ids.ts';
import type { Work } from '../../work.ts';
import type { PlannedBundle } from '../bundles.ts';
import { imageTree } from '../image-tree.ts';
import { type ImageOf, imageRef } from '../images.ts';
import { type Contents, flatBundle } from './bundle.ts';
import { flatFiles } from './files.ts';
import { flatInit } from './init.ts';
import type { FlatKernel } from './kernel.ts';
import { sourceName } from './source-name.ts';
import { flatVolume } from './volumes.ts';

/** What LinuxKit's tree is made of. */
export interface FlatParts {
  readonly manifest: Manifest;
  readonly imageOf: ImageOf;
  readonly bundles: readonly PlannedBundle[];
  readonly kernel: FlatKernel | undefined;
  /** Whose init reads the bundles. */
  readonly reader: Reader;
  /** Absolute folder of the user, where relative sources of `files:` are looked for last. */
  readonly cwd: string;
}

/**
 * LinuxKit's root file system for a manifest, in LinuxKit's order: kernel, init images, volumes, bundles, files. Folders
 * and a few files come more than once, and the last one counts. Nothing is unpacked and nothing held: bodies are read
 * from the layers in the cache when they are asked for.
 */
export async function* flatTree(parts: FlatParts, work: Work): AsyncGenerator<TarEntry> {
  const { manifest, imageOf, bundles, kernel, reader, cwd } = parts;
  const named = (image: ResolvedImage, ref: string) => ({ image, source: sourceName(ref, image) });
  const inits = manifest.init.map((ref) => named(imageOf(ref), ref.value));
  if (kernel) yield* kernel.entries();
  yield* flatInit(inits, work);
  for (const [at, { value: volume, origin }] of manifest.volumes.entries()) {
    const filled =
      volume.image === undefined
        ? { image: undefined, source: 'empty' }
        : named(imageOf(imageRef(volume.image, origin)), volume.image);
    yield* flatVolume({ volume, location: `volume[${at}]`, ...filled }, reader, work);
  }
  const contents: Contents = new Map();
  for (const bundle of bundles) {
    const { section, at, ref, image } = bundle;
    const origin = { source: sourceName(ref, image), location: `${section}[${at}]` };
    yield* flatBundle(bundle, reader, origin, contents, work);
  }
  const root = await imageTree(
    inits.flatMap(({ image }) => image.layers),
    work,
  );
  yield* flatFiles(manifest.files, { manifest, ids: entryIds(manifest), root, cwd, env: work.env });
}
