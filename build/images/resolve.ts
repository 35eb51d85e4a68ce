import { combineErrors } from '../../lib/errors/errors.ts';
import type { ResolvedImage } from '../cache/stored-image.ts';
import { builderOf } from '../packages/builder.ts';
import { dockerfileError } from '../packages/definition/dockerfile.ts';
import { packageFolder, suggestPackage } from '../packages/definition/find.ts';
import { type ImageRef, type PackageRef, refKey } from '../reference/image-ref.ts';
import type { Work } from '../work.ts';
import { UnknownImageError } from './unknown-image.ts';

/** The image of this reference. @throws UnknownImageError, KitError */
export async function resolveImage(ref: ImageRef, work: Work): Promise<ResolvedImage> {
  return (await resolveImages([ref], work))(ref);
}

/**
 * Finds images: packages in their folders, others as in foreign.ts. Packages that have changed are built,
 * several at the same time; the first failure stops the others. The result gives the image of each of the
 * references.
 * @throws UnknownImageError, KitErrors of several of them, KitError
 */
export async function resolveImages(
  refs: readonly ImageRef[],
  work: Work,
): Promise<(ref: ImageRef) => ResolvedImage> {
  const distinct = [...new Map(refs.map((ref) => [refKey(ref), ref])).values()];
  const missing = unknownPackages(distinct);
  if (missing.length > 0) throw combineErrors(missing);
  // An unknown name stops builds, but not the look-up of other names, so that all unknown ones are reported.
  const [building, looking] = [stoppable(work), stoppable(work)];
  const builder = builderOf(building.work);
  const imageOf = async (ref: ImageRef): Promise<ResolvedImage> => {
    if (ref.kind === 'package') return builder.image(folderOf(ref));
    // Loaded late: most builds use packages alone and need no registry client.
    const { foreignImage } = await import('./foreign.ts');
    return foreignImage(ref, looking.work);
  };
  const resolveOne = async (ref: ImageRef): Promise<[string, ResolvedImage]> => {
    return [refKey(ref), await imageOf(ref)];
  };
  const failures: unknown[] = [];
  const found = await Promise.all(
    distinct.map((ref) =>
      resolveOne(ref).catch((thrown: unknown) => {
        failures.push(thrown);
        building.stop.abort(thrown);
        if (!(thrown instanceof UnknownImageError)) looking.stop.abort(thrown);
      }),
    ),
  );
  const unknown = failures.filter((thrown) => thrown instanceof UnknownImageError);
  // Work that was stopped fails with the error that stopped it.
  if (unknown.length > 0) throw combineErrors([...new Set(unknown)]);
  if (failures.length > 0) throw failures[0];
  const images = new Map(found.filter((pair) => pair !== undefined));
  return (ref) => {
    const image = images.get(refKey(ref));
    if (image) return image;
    throw new UnknownImageError(ref, `Cannot find image "${ref.text}"`, undefined);
  };
}

function folderOf(ref: PackageRef): string {
  const folder = packageFolder(ref);
  if (folder === undefined) throw missingPackage(ref);
  return folder;
}

function stoppable(work: Work): { readonly work: Work; readonly stop: AbortController } {
  const stop = new AbortController();
  return { work: { ...work, signal: AbortSignal.any([work.signal, stop.signal]) }, stop };
}

/** An error for each reference to a package that does not exist. */
export function unknownPackages(refs: readonly ImageRef[]): UnknownImageError[] {
  return refs.flatMap((ref) =>
    ref.kind === 'package' && packageFolder(ref) === undefined ? [missingPackage(ref)] : [],
  );
}

function missingPackage(ref: PackageRef): UnknownImageError {
  const { text, base, folders, isNamed } = ref;
  const other = dockerfileError(folders[0] ?? base);
  if (other) return new UnknownImageError(ref, other.message, other.hint);
  return new UnknownImageError(
    ref,
    `Cannot find package "${text}"${suggestPackage(text, base)}: no such folder with a build.yml`,
    isNamed
      ? `looked in "${base}" and in kit's own checkout; kit pkg ls lists the packages`
      : `looked in "${base}"`,
  );
}
