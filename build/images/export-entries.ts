import type { TarEntry } from '../../lib/archive/tar.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { Bodies } from '../layers/bodies.ts';
import { withHardLinks } from '../layers/hard-links.ts';
import { mergedLayers } from '../layers/merge.ts';
import { cacheNames, type ForeignRef } from '../reference/image-ref.ts';
import { expandReference } from '../reference/reference.ts';
import { dockerEntries } from '../transfer/archives/docker-entries.ts';
import { layoutEntries } from '../transfer/archives/layout-entries.ts';
import { type NamedImage, namedImage, selectPlatforms, underIndex } from '../transfer/select-image.ts';
import type { Work } from '../work.ts';
import { archiveImageName } from './archive-image.ts';
import { foreignImage } from './foreign.ts';

export const exportFormats = ['oci', 'docker', 'filesystem'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportOptions {
  readonly ref: ForeignRef;
  readonly format: ExportFormat;
  /** `linux/arm64`; for `oci`, an empty list means all in the cache, else the architecture of `work`. */
  readonly platforms: readonly string[];
  /** The name in the archive; undefined to keep the image's name. */
  readonly as: string | undefined;
}

/** The entries of the archive for an image of the cache. The same image gives the same bytes. */
export async function exportEntries(options: ExportOptions, work: Work): Promise<AsyncIterable<TarEntry>> {
  const { cache } = work;
  const image = await namedImage(cache, cacheNames(options.ref));
  const name = options.as ?? exportName(image, options.ref);
  if (options.format === 'oci') {
    const selected = await selectPlatforms(image, options.platforms, cache);
    return layoutEntries(name, underIndex(selected), cache);
  }
  const [platform = `linux/${work.arch}`, ...others] = options.platforms;
  if (others.length > 0) {
    throw new KitError(
      `Cannot export "${image.name}" as ${options.format} for several platforms: it holds one`,
      { exitCode: 2 },
    );
  }
  const [one] = (await selectPlatforms(image, [platform], cache)).images;
  if (!one?.platform) throw new KitError(`Cannot find image "${image.name}" for ${platform}`);
  const { architecture } = one.platform;
  const resolved = await foreignImage(options.ref, { ...work, arch: architecture as Work['arch'] });
  return options.format === 'docker' ? dockerEntries(name, one, resolved, cache) : fileSystem(resolved, work);
}

/**
 * `docker.io/kit/sshd:3f2a…` for the package `kit/sshd:3f2a…`: LinuxKit's builder looks for no other form. An
 * image of an archive keeps the name that it has there.
 */
function exportName({ name, entries }: NamedImage, ref: ForeignRef): string {
  return ref.kind === 'archive' ? archiveImageName(ref, entries) : expandReference(name);
}

/** The merged layers, sorted: folders before their contents, hard links after their targets. */
async function* fileSystem(
  image: Awaited<ReturnType<typeof foreignImage>>,
  work: Work,
): AsyncGenerator<TarEntry> {
  const sorted = (await mergedLayers(image, work)).sort((a, b) => (a.path < b.path ? -1 : 1));
  using bodies = new Bodies();
  for (const entry of withHardLinks(sorted, () => true)) yield bodies.entry(entry);
}
