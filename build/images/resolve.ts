import { resolve } from 'node:path';
import { combineErrors } from '../../lib/errors/errors.ts';
import type { ResolvedImage } from '../cache/stored-image.ts';
import { builderOf } from '../packages/builder.ts';
import { dockerfileError } from '../packages/definition/dockerfile.ts';
import { findPackage, isPackageRef, suggestPackage } from '../packages/definition/find.ts';
import type { Work } from '../work.ts';
import { UnknownImageError } from './unknown-image.ts';

/**
 * Finds the images of a manifest in `manifestDir`: `pkg/x` beside the manifest, else in the kit checkout;
 * `./x` and `../x` beside the manifest; others as in foreign.ts. Packages that have changed are built,
 * several at the same time; the first failure stops the others.
 * @throws UnknownImageError, KitErrors of several of them, KitError
 */
export async function resolveImages(
  refs: readonly string[],
  manifestDir: string,
  work: Work,
): Promise<Map<string, ResolvedImage>> {
  const distinct = [...new Set(refs)];
  const missing = unknownPackages(distinct, manifestDir);
  if (missing.length > 0) throw combineErrors(missing);
  // An unknown name stops builds, but not the look-up of other names, so that all unknown ones are reported.
  const [building, looking] = [stoppable(work), stoppable(work)];
  const builder = builderOf(building.work);
  const resolveOne = async (ref: string): Promise<[string, ResolvedImage]> => {
    const dir = isPackageRef(ref) ? findPackage(ref, manifestDir) : undefined;
    if (dir !== undefined) return [ref, await builder.image(dir)];
    // Loaded late: most builds use packages alone and need no registry client.
    const { foreignImage } = await import('./foreign.ts');
    return [ref, await foreignImage(ref, looking.work, manifestDir)];
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
  return new Map(found.filter((pair) => pair !== undefined));
}

function stoppable(work: Work): { readonly work: Work; readonly stop: AbortController } {
  const stop = new AbortController();
  return { work: { ...work, signal: AbortSignal.any([work.signal, stop.signal]) }, stop };
}

/** An error for each reference to a package that does not exist. */
export function unknownPackages(refs: Iterable<string>, manifestDir: string): UnknownImageError[] {
  const unknown = [...refs].filter((ref) => isPackageRef(ref) && !findPackage(ref, manifestDir));
  return unknown.map((ref) => {
    const other = dockerfileError(resolve(manifestDir, ref));
    if (other) return new UnknownImageError(ref, other.message, other.hint);
    const guess = suggestPackage(ref, manifestDir);
    return new UnknownImageError(
      ref,
      `Cannot find package "${ref}"${guess}: no such folder with a build.yml`,
      ref.startsWith('pkg/')
        ? `looked in "${manifestDir}" and in kit's own checkout; kit pkg ls lists the packages`
        : `looked in "${manifestDir}"`,
    );
  });
}
