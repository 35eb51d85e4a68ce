import { combineErrors, KitError, KitErrors } from '../../../lib/errors/errors.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import { missingPackages } from '../../images/manifest-images.ts';
import type { Manifest } from '../../manifest/types.ts';
import { controlConfig } from '../../spec/control.ts';
import { networkConfig } from '../../spec/network.ts';
import { planBundles } from './bundles.ts';
import { fileErrors } from './files.ts';
import { commandLineErrors } from './production.ts';

/** What `files:` and their sources are looked for in. */
export interface Ground {
  /** Absolute folder of the user. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Tells everything at once that is wrong in a manifest and needs no image to be seen: names that nothing has, files
 * that are not there. Building takes minutes; a second mistake should not wait for it.
 * @throws KitErrors, KitError
 */
export async function checkManifest(manifest: Manifest, ground: Ground, production = false): Promise<void> {
  const errors = [
    ...missingPackages(manifest),
    ...errorsOf(() => planBundles(manifest, () => blank, 'kit', production)),
    ...(production ? commandLineErrors(manifest) : []),
    ...errorsOf(() => networkConfig(manifest.network)),
    ...errorsOf(() => controlConfig(manifest.control)),
    ...(await fileErrors(manifest, ground)),
  ];
  if (errors.length > 0) throw combineErrors(inOrder(errors));
}

/** An image that says nothing, but has something to run. */
const blank: ResolvedImage = {
  name: '',
  digest: 'sha256:',
  config: {
    architecture: '',
    os: 'linux',
    config: { Cmd: ['/'] },
    rootfs: { type: 'layers', diff_ids: [] },
  },
  layers: [],
};

function errorsOf(work: () => unknown): readonly KitError[] {
  try {
    work();
    return [];
  } catch (thrown) {
    if (thrown instanceof KitErrors) return thrown.errors;
    if (thrown instanceof KitError) return [thrown];
    throw thrown;
  }
}

/** Those of one file together, in the order of its lines. */
function inOrder(errors: readonly KitError[]): KitError[] {
  const files = [...new Set(errors.map(({ place }) => place?.file))];
  return errors.toSorted(
    ({ place: a }, { place: b }) =>
      files.indexOf(a?.file) - files.indexOf(b?.file) ||
      (a?.line ?? 0) - (b?.line ?? 0) ||
      (a?.column ?? 0) - (b?.column ?? 0),
  );
}
