import { type Section, sections } from '../../../lib/bundle/bundle.ts';
import { KitError, KitErrors } from '../../../lib/errors/errors.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import { type ImageOf, imageRef } from '../../images/manifest-images.ts';
import type { Entry, Located, Manifest } from '../../manifest/types.ts';
import { type BundleScope, type BundleSpec, bundleSpec, type Reader } from '../../spec/bundle.ts';
import { type FieldError, fieldErrors } from '../../spec/field-error.ts';
import { entryIds } from '../../spec/ids.ts';
import { networkConfig } from '../../spec/network.ts';

/** An entry, what it becomes, and the image it stands on. */
export interface PlannedBundle extends BundleSpec {
  readonly section: Section;
  readonly name: string;
  /** `containers/services/web`, `containers/onboot/000-metadata` */
  readonly folder: string;
  readonly image: ResolvedImage;
  /** The image as the manifest names it. */
  readonly ref: string;
  /** Place in its section, from 0. */
  readonly at: number;
}

/**
 * The bundles of a manifest, in order.
 * @param reader whose init obeys them @param production nobody is to look into the services
 * @throws KitErrors with all that is wrong in any entry
 */
export function planBundles(
  manifest: Manifest,
  imageOf: ImageOf,
  reader: Reader,
  production = false,
): PlannedBundle[] {
  const scope = {
    reader,
    production,
    ids: entryIds(manifest),
    volumes: new Map(manifest.volumes.map(({ value }) => [value.name, value])),
    services: new Set(manifest.services.map(({ value }) => value.name)),
  };
  const errors: KitError[] = [];
  const planned = sections.flatMap((section) =>
    manifest[section].flatMap((entry, at) => {
      const image = imageOf(imageRef(entry.value.image, entry.origin));
      const bundle = attempt(entry, image, { ...scope, section }, errors);
      return bundle
        ? [{ ...bundle, ...{ section, at, image, ref: entry.value.image }, ...placeOf(section, entry, at) }]
        : [];
    }),
  );
  // Told of together: whoever mends one thing should not have to build again to hear of the next.
  attemptAll(() => networkConfig(manifest.network), errors);
  if (errors.length > 0) throw new KitErrors(errors);
  return planned;
}

/** onboot and onshutdown are run in the order of their folders' names. */
function placeOf(
  section: Section,
  { value: { name } }: Located<Entry>,
  at: number,
): Pick<PlannedBundle, 'name' | 'folder'> {
  const number = section === 'services' ? '' : `${String(at).padStart(3, '0')}-`;
  return { name, folder: `containers/${section}/${number}${name}` };
}

function attempt(
  { value, origin }: Located<Entry>,
  image: ResolvedImage,
  scope: BundleScope,
  errors: KitError[],
): BundleSpec | undefined {
  return attemptAll(() => bundleSpec(value, image.config.config, scope), errors, origin);
}

/** @param origin of the entry whose fields `make` may find wrong */
function attemptAll<T>(make: () => T, errors: KitError[], origin?: Located<Entry>['origin']): T | undefined {
  try {
    return make();
  } catch (thrown) {
    if (thrown instanceof KitErrors) errors.push(...thrown.errors);
    else if (thrown instanceof KitError) errors.push(thrown);
    else if (origin) errors.push(...fieldErrors(thrown).map((error) => placed(error, origin)));
    else throw thrown;
    return undefined;
  }
}

function placed(error: FieldError, { place }: Located<Entry>['origin']): KitError {
  return new KitError(error.message, { place: place(error.path), hint: error.hint, cause: error });
}
