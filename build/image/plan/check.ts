import { combineErrors, KitError } from '../../../lib/errors/errors.ts';
import { missingPackages } from '../../images/manifest-images.ts';
import type { Manifest } from '../../manifest/types.ts';
import { bothInitsErrors } from '../../parts/both-inits.ts';
import { fileErrors } from '../entries/files.ts';
import { attempt } from './attempt.ts';
import { entryErrors } from './bundles.ts';
import type { PlanOptions } from './image-plan.ts';
import { commandLineErrors } from './production.ts';
import { settingsFiles } from './settings-files.ts';

/**
 * Reports together all errors of a manifest that can be found without its images: unknown names, missing
 * files. Building takes minutes, so no such error should be reported only after it.
 * @throws KitErrors, KitError
 */
export async function checkManifest(
  manifest: Manifest,
  { cwd, production = false }: Pick<PlanOptions, 'cwd' | 'production'>,
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const errors = [
    ...missingPackages(manifest),
    ...bothInitsErrors(manifest),
    ...entryErrors(manifest, production),
    ...(production ? commandLineErrors(manifest) : []),
    ...settingsErrors(manifest),
    ...kernelErrors(manifest),
    ...(await fileErrors(manifest, { cwd, env })),
  ];
  if (errors.length > 0) throw combineErrors(inOrder(errors));
}

function settingsErrors(manifest: Manifest): KitError[] {
  const errors: KitError[] = [];
  attempt(() => settingsFiles(manifest), errors);
  return errors;
}

function kernelErrors({ kernel, kernelModules }: Manifest): KitError[] {
  if (kernel?.value.image !== undefined) return [];
  return kernelModules.map(
    ({ origin }) =>
      new KitError('Cannot choose kernel modules: the manifest names no kernel', { place: origin.place() }),
  );
}

/** Grouped by file, in the order of lines. */
function inOrder(errors: readonly KitError[]): KitError[] {
  const files = [...new Set(errors.map(({ place }) => place?.file))];
  return errors.toSorted(
    ({ place: a }, { place: b }) =>
      files.indexOf(a?.file) - files.indexOf(b?.file) ||
      (a?.line ?? 0) - (b?.line ?? 0) ||
      (a?.column ?? 0) - (b?.column ?? 0),
  );
}
