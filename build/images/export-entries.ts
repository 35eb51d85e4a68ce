import type { TarEntry } from '../../lib/archive/tar.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { Bodies } from '../layers/bodies.ts';
import { resolveHardLinks } from '../layers/hard-links.ts';
import { mergedLayers } from '../layers/merge.ts';
import { layoutEntries, namedImage, selectPlatforms } from '../transfer/archives/export.ts';
import { dockerEntries } from '../transfer/archives/export-docker.ts';
import type { Work } from '../work/work.ts';
import { foreignImage } from './foreign.ts';

export const exportFormats = ['oci', 'docker', 'filesystem'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface ExportOptions {
  /** As it is written, and as a registry has it. */
  readonly names: readonly string[];
  readonly format: ExportFormat;
  /** `linux/arm64`; for `oci` none means all that is there. */
  readonly platforms: readonly string[];
  /** The name inside the archive. */
  readonly as: string | undefined;
}

/** The entries of the archive that an image of the cache is exported as: the same image, the same bytes. */
export async function exportEntries(wish: ExportOptions, work: Work): Promise<AsyncIterable<TarEntry>> {
  const { cache } = work;
  const image = await namedImage(cache, wish.names);
  const name = wish.as ?? image.name;
  if (wish.format === 'oci')
    return layoutEntries(name, await selectPlatforms(image, wish.platforms, cache), cache);
  const [platform = `linux/${work.arch}`, ...others] = wish.platforms;
  if (others.length > 0) {
    throw new KitError(
      `Cannot export "${image.name}" as ${wish.format} for several platforms: it holds one`,
      { exitCode: 2 },
    );
  }
  const { held } = await selectPlatforms(image, [platform], cache);
  const [one] = held;
  if (!one?.platform) throw new KitError(`Cannot find image "${image.name}" for ${platform}`);
  const { architecture } = one.platform;
  const resolved = await foreignImage(image.name, { ...work, arch: architecture as Work['arch'] });
  return wish.format === 'docker' ? dockerEntries(name, one, resolved, cache) : fileSystem(resolved, work);
}

/** The merged layers: folders before what lies in them, hard links after what they are names of. */
async function* fileSystem(
  { name, layers }: Awaited<ReturnType<typeof foreignImage>>,
  work: Work,
): AsyncGenerator<TarEntry> {
  const settled = resolveHardLinks(await mergedLayers(layers, work), () => true, name);
  const isLink = ({ type }: { type: string }): number => Number(type === 'hardlink');
  using bodies = new Bodies();
  const order = settled.sort((a, b) => isLink(a) - isLink(b) || (a.path < b.path ? -1 : 1));
  for (const entry of order) yield bodies.entry(entry);
}
