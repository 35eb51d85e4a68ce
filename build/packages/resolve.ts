import { together } from '../../lib/errors/errors.ts';
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
 * the first failure stops the others. Names for which there is nothing are told together.
 * @throws UnknownImageError, KitErrors of several of them, KitError
 */
export async function resolveImages(
  refs: readonly string[],
  manifestDir: string,
  work: Work,
): Promise<Map<string, ResolvedImage>> {
  const distinct = [...new Set(refs)];
  const folders = packageFolders(distinct, manifestDir);
  // A name that is not there stops what others build, but lets other names be looked up: they may not be there either.
  const [building, looking] = [stoppable(work), stoppable(work)];
  const builder = builderOf(building.work);
  const resolveOne = async (ref: string): Promise<[string, ResolvedImage]> => {
    const dir = folders.get(ref);
    if (dir !== undefined) return [ref, await builder.image(dir)];
    // A build of packages alone need not load what speaks with registries.
    const { foreignImage } = await import('./foreign.ts');
    return [ref, await foreignImage(ref, builder.cache, looking.work, manifestDir)];
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
  // What was stopped fails with the error that stopped it.
  if (unknown.length > 0) throw together([...new Set(unknown)]);
  if (failures.length > 0) throw failures[0];
  return new Map(found.filter((pair) => pair !== undefined));
}

function stoppable(work: Work): { readonly work: Work; readonly stop: AbortController } {
  const stop = new AbortController();
  return { work: { ...work, signal: AbortSignal.any([work.signal, stop.signal]) }, stop };
}

/** The folders of the references that mean packages. @throws as above for those where there is none */
function packageFolders(refs: readonly string[], manifestDir: string): Map<string, string | undefined> {
  const folders = new Map<string, string | undefined>();
  const unknown: UnknownImageError[] = [];
  for (const ref of refs) {
    try {
      folders.set(ref, folderOf(ref, manifestDir));
    } catch (thrown) {
      if (!(thrown instanceof UnknownImageError)) throw thrown;
      unknown.push(thrown);
    }
  }
  if (unknown.length > 0) throw together(unknown);
  return folders;
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
