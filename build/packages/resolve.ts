import { KitError } from '../../lib/errors/errors.ts';
import type { Work } from '../work.ts';
import { builderOf, type PackageBuilder } from './builder.ts';
import { findPackage, isPackageRef, suggestPackage } from './find.ts';
import { type ResolvedImage, readImage } from './image.ts';

export type { ResolvedImage, ResolvedLayer } from './image.ts';

/** A name for which there is no image; whoever knows where the name was written adds the place. */
export class UnknownImageError extends KitError {
  readonly ref: string;

  constructor(ref: string, message: string, hint: string) {
    super(message, { hint });
    this.ref = ref;
  }
}

/**
 * The images that a manifest in `manifestDir` means: `pkg/x` beside the manifest, else in the kit checkout; `./x` and
 * `../x` beside the manifest; anything else by its name in the cache. Packages that have changed are built, several
 * at once; the first failure stops the others.
 */
export async function resolveImages(
  refs: readonly string[],
  manifestDir: string,
  work: Work,
): Promise<Map<string, ResolvedImage>> {
  const distinct = [...new Set(refs)];
  const folders = new Map(distinct.map((ref) => [ref, folderOf(ref, manifestDir)]));
  const stop = new AbortController();
  const builder = builderOf({ ...work, signal: AbortSignal.any([work.signal, stop.signal]) });
  const resolveOne = async (ref: string): Promise<[string, ResolvedImage]> => {
    const dir = folders.get(ref);
    return [ref, await (dir === undefined ? cached(builder, ref, work) : builder.image(dir))];
  };
  const failures: unknown[] = [];
  const found = await Promise.all(
    distinct.map((ref) =>
      resolveOne(ref).catch((thrown: unknown) => {
        failures.push(thrown);
        stop.abort(thrown);
      }),
    ),
  );
  if (failures.length > 0) throw failures[0];
  return new Map(found.filter((pair) => pair !== undefined));
}

/** Undefined for a name that means an image of the cache. */
function folderOf(ref: string, manifestDir: string): string | undefined {
  if (!isPackageRef(ref)) return undefined;
  const dir = findPackage(ref, manifestDir);
  if (dir !== undefined) return dir;
  const guess = suggestPackage(ref, manifestDir);
  throw new UnknownImageError(
    ref,
    `Cannot find package "${ref}"${guess}: no such folder with a build.yml`,
    ref.startsWith('pkg/')
      ? `looked in "${manifestDir}" and in kit's own checkout; kit pkg ls lists the packages`
      : `looked in "${manifestDir}"`,
  );
}

async function cached(builder: PackageBuilder, ref: string, work: Work): Promise<ResolvedImage> {
  const found = await readImage(builder.cache, ref, work.arch);
  if (typeof found === 'object') return found;
  if (found === 'damaged') {
    throw new KitError(`Cannot use image "${ref}": its blobs in the cache are damaged`, {
      hint: `kit cache rm ${ref} removes it`,
    });
  }
  throw new UnknownImageError(
    ref,
    `Cannot find image "${ref}" for ${work.arch}: it is not in the cache`,
    'packages are named "pkg/name" or "./folder"; kit cache ls lists the images that are there',
  );
}
