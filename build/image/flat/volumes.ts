import type { TarEntry } from '../../../lib/archive/tar.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import type { Located, Volume } from '../../manifest/types.ts';
import type { Reader } from '../../spec/bundle.ts';
import type { Work } from '../../work/work.ts';
import { created, createdFolders, createdTime } from '../plan/created.ts';
import { ociLayout } from '../volumes/oci-layout.ts';
import { flatImage } from './image.ts';

/** What a volume begins with. */
export interface FlatVolume {
  readonly volume: Volume;
  /** Where the manifest says so. */
  readonly written: Located<Volume>['origin'];
  /** `volume[0]` */
  readonly location: string;
  readonly image: ResolvedImage | undefined;
  /** The expanded reference of the image; `empty` without one. */
  readonly source: string;
}

/**
 * A volume in LinuxKit's shape: what it begins with in `lower/`, `tmp/` for what is written, and `merged/`, which
 * containers bind. LinuxKit's init can only mount a volume that has `tmp/` (an overlay of one read-only folder is
 * refused by the kernel), so there a read-only volume is so by its binds; kit's init mounts one without `tmp/` read-only.
 */
export async function* flatVolume(
  { volume, written, location, image, source }: FlatVolume,
  reader: Reader,
  work: Work,
): AsyncGenerator<TarEntry> {
  const folder = `containers/volumes/${volume.name}`;
  const origin = { source, location };
  yield* createdFolders(`${folder}/lower`, origin);
  const prefix = `${folder}/lower`;
  if (image && volume.format === 'oci') {
    const layout = await ociLayout(image, volume.platforms ?? [], written, work);
    yield* layout.map((entry) =>
      created({ ...entry, path: `${prefix}/${entry.path}`, mtime: createdTime }, origin),
    );
  } else if (image) yield* flatImage({ image, prefix, origin, isContainer: false }, work);
  const names = volume.readonly && reader === 'kit' ? ['merged'] : ['tmp', 'merged'];
  for (const name of names) {
    const made = { path: `${folder}/${name}`, type: 'directory' } as const;
    yield created(made, { source: 'linuxkit.volumes', location });
  }
}
