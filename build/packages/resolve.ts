import type { Work } from '../work.ts';
import { builderOf } from './builder.ts';
import { findPackage, isPackageRef, suggestPackage } from './find.ts';
import type { ResolvedImage } from './image.ts';
import { UnknownImageError } from './unknown.ts';

export type { ResolvedImage, ResolvedLayer } from './image.ts';
export { UnknownImageError } from './unknown.ts';

/**
 * The images that a manifest in `manifestDir` means: `pkg/x` beside the manifest, else in the kit checkout; `./x` and
 * `../x` beside the manifest; anything else as foreign.ts says. Packages that have changed are built, several at once;
 * the first failure stops the others.
 */
export async function resolveImages(
  refs: readonly string[],
  manifestDir: string,
  work: Work,
): Promise<Map<string, ResolvedImage>> {
  const distinct = [...new Set(refs)];
  const folders = new Map(distinct.map((ref) => [ref, folderOf(ref, manifestDir)]));
  const stop = new AbortController();
  const stoppable: Work = { ...work, signal: AbortSignal.any([work.signal, stop.signal]) };
  const builder = builderOf(stoppable);
  const resolveOne = async (ref: string): Promise<[string, ResolvedImage]> => {
    const dir = folders.get(ref);
    if (dir !== undefined) return [ref, await builder.image(dir)];
    // A build of packages alone need not load what speaks with registries.
    const { foreignImage } = await import('./foreign.ts');
    return [ref, await foreignImage(ref, builder.cache, stoppable)];
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

/** Undefined for a name that means no package. */
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
