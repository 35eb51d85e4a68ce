import type { Arch } from '../host/arch.ts';
import { entryDigest } from '../lock/entry-digest.ts';
import {
  type ImageLock,
  type LockedImage,
  lockFile,
  readImageLock,
  writeImageLock,
} from '../lock/lock-file.ts';
import { lockName } from '../lock/names.ts';
import { imageRefs } from '../manifest/images/image-refs.ts';
import type { Located, Manifest } from '../manifest/types.ts';
import type { ImageRef } from '../reference/image-ref.ts';
import type { Work } from '../work.ts';
import { type ImageOf, manifestImages } from './manifest-images.ts';

/** A kit.lock that was written. */
export interface WrittenLock {
  readonly file: string;
  readonly images: Readonly<Record<string, LockedImage>>;
  /** Names that are new or have a new digest. */
  readonly changed: readonly string[];
}

/**
 * Finds or builds every image of the manifest and records its digest in the kit.lock beside each manifest
 * file. Entries for other manifests of these folders, and for other architectures, are kept.
 */
export async function lockImages(
  manifest: Manifest,
  arches: readonly Arch[],
  work: Work,
): Promise<WrittenLock[]> {
  const found = new Map<string, Map<string, LockedImage>>();
  for (const arch of arches) {
    const here: Work = { ...work, arch, locked: false };
    const imageOf = await manifestImages(manifest, undefined, here);
    for (const ref of imageRefs(manifest)) {
      const { folder } = ref.origin;
      const images = found.get(folder) ?? new Map<string, LockedImage>();
      found.set(folder, images);
      images.set(lockName(ref), await lockedImage(ref, imageOf, images.get(lockName(ref)), here));
    }
  }
  return Promise.all([...found].map(([folder, images]) => update(folder, images)));
}

async function lockedImage(
  ref: Located<ImageRef>,
  imageOf: ImageOf,
  before: LockedImage | undefined,
  work: Work,
): Promise<LockedImage> {
  const image = imageOf(ref);
  if (ref.value.kind !== 'package') return entryDigest(image, work);
  return sorted({ ...(typeof before === 'object' && before), [work.arch]: image.digest });
}

const sorted = ({ amd64, arm64 }: Exclude<LockedImage, string>): LockedImage => ({
  ...(amd64 && { amd64 }),
  ...(arm64 && { arm64 }),
});

async function update(folder: string, images: ReadonlyMap<string, LockedImage>): Promise<WrittenLock> {
  const before: ImageLock = (await readImageLock(folder)) ?? new Map();
  const now = new Map(before);
  for (const [name, image] of images) now.set(name, merged(before.get(name), image));
  const changed = [...images.keys()].filter(
    (name) => JSON.stringify(before.get(name)) !== JSON.stringify(now.get(name)),
  );
  await writeImageLock(folder, now);
  return { file: lockFile(folder), images: Object.fromEntries([...now].sort()), changed: changed.sort() };
}

function merged(before: LockedImage | undefined, image: LockedImage): LockedImage {
  const isBoth = typeof before === 'object' && typeof image === 'object';
  return isBoth ? sorted({ ...before, ...image }) : image;
}
