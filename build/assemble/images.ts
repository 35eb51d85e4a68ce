import { KitError } from '../../lib/errors/errors.ts';
import type { Located, Manifest } from '../manifest/types.ts';
import { type ResolvedImage, resolveImages, UnknownImageError } from '../packages/resolve.ts';
import type { Work } from '../work.ts';

/** The image that a reference means where it is written. */
export type ImageOf = (ref: Located<string>) => ResolvedImage;

/** Finds, or builds, every image that a manifest names; `./x` means the folder of the file that says so. */
export async function manifestImages(manifest: Manifest, work: Work): Promise<ImageOf> {
  const refs = imageRefs(manifest);
  const byFolder = new Map<string, Map<string, ResolvedImage>>();
  for (const [folder, group] of Map.groupBy(refs, ({ origin }) => origin.folder)) {
    const names = group.map(({ value }) => value);
    byFolder.set(folder, await resolveImages(names, folder, work).catch((thrown) => rethrow(thrown, group)));
  }
  return ({ value, origin }) => {
    const image = byFolder.get(origin.folder)?.get(value);
    if (!image) throw new KitError(`Cannot find image "${value}"`, { place: origin.place() });
    return image;
  };
}

/** Every reference of the manifest with its own place, in order. */
function imageRefs(manifest: Manifest): Located<string>[] {
  const { kernel, init, volumes, onboot, onshutdown, services } = manifest;
  const below = ({ value, origin }: Located<{ readonly image?: string }>): Located<string>[] => {
    return value.image === undefined ? [] : [imageRef(value.image, origin)];
  };
  const entries = [...volumes, ...onboot, ...onshutdown, ...services];
  return [...(kernel ? below(kernel) : []), ...init, ...entries.flatMap(below)];
}

/** The reference of an item that has an `image` key. */
export function imageRef(image: string, origin: Located<unknown>['origin']): Located<string> {
  return { value: image, origin: { ...origin, place: () => origin.place(['image']) } };
}

function rethrow(thrown: unknown, refs: readonly Located<string>[]): never {
  if (!(thrown instanceof UnknownImageError)) throw thrown;
  const place = refs.find(({ value }) => value === thrown.ref)?.origin.place();
  throw new KitError(thrown.message, { place, hint: thrown.hint, cause: thrown });
}
