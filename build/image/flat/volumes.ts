import type { TarEntry } from '../../../lib/archive/tar.ts';
import type { Reader } from '../../spec/bundle.ts';
import type { Work } from '../../work.ts';
import { createdEntry, createdFolders, createdTime } from '../plan/created.ts';
import type { PlannedVolume } from '../plan/image-plan.ts';
import { linuxkitName } from '../plan/linuxkit-name.ts';
import { ociLayout } from '../volumes/oci-layout.ts';
import { flattenImage } from './flatten.ts';

/**
 * A volume in LinuxKit's shape: the files it starts with in `lower/`, `tmp/` for writes, and `merged/`, which
 * containers bind. LinuxKit's init can only mount a volume that has `tmp/` (the kernel refuses an overlay of
 * one read-only folder), so with that init the binds are read-only instead; kit's init mounts a volume
 * without `tmp/` read-only.
 * @param location `volume[0]`
 */
export async function* flatVolume(
  { volume, origin, content }: PlannedVolume,
  location: string,
  reader: Reader,
  work: Work,
): AsyncGenerator<TarEntry> {
  const folder = `containers/volumes/${volume.name}`;
  const prefix = `${folder}/lower`;
  const provenance = { source: content ? linuxkitName(content) : 'empty', location };
  yield* createdFolders(prefix, provenance);
  if (content && volume.format === 'oci') {
    const layout = await ociLayout(content, volume.platforms ?? [], origin, work);
    yield* layout.map((entry) =>
      createdEntry({ ...entry, path: `${prefix}/${entry.path}`, mtime: createdTime }, provenance),
    );
  } else if (content) {
    yield* flattenImage({ image: content.image, prefix, provenance, isContainer: false }, work);
  }
  const names = volume.readonly && reader === 'kit' ? ['merged'] : ['tmp', 'merged'];
  for (const name of names) {
    const made = { path: `${folder}/${name}`, type: 'directory' } as const;
    yield createdEntry(made, { source: 'linuxkit.volumes', location });
  }
}
