import { type Section, sections } from '../../../lib/bundle/bundle.ts';
import { combineErrors, KitError, KitErrors } from '../../../lib/errors/errors.ts';
import type { ImageConfig } from '../../../lib/oci/types.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import { hostArch } from '../../host/arch.ts';
import { type EntryInputs, profilePath } from '../../images/entry-inputs.ts';
import type { ImageOf } from '../../images/manifest-images.ts';
import { imageRef } from '../../manifest/images/image-refs.ts';
import type { Entry, Located, Manifest, MetadataSettings } from '../../manifest/types.ts';
import type { ImageRef } from '../../reference/image-ref.ts';
import { type BundleContext, type BundleSpec, bundleSpec, type Reader } from '../../spec/bundle.ts';
import { mostOpenFiles } from '../../spec/demands/open-files.ts';
import { machineVolumes } from '../../spec/disks/volumes.ts';
import { fieldErrors, fieldKitError } from '../../spec/field-error.ts';
import { entryIds } from '../../spec/ids.ts';
import { decidesAboutMetadata, metadataTrust } from '../../spec/metadata.ts';
import { takesMetadataNetwork } from '../../spec/network/metadata-network.ts';
import { idRanges } from '../../spec/users/id-ranges.ts';
import { attempt } from './attempt.ts';

/** The bundle of an entry, and the image that its root file system comes from. */
export interface PlannedBundle extends BundleSpec {
  readonly section: Section;
  readonly name: string;
  /** `containers/services/web`, `containers/onboot/000-metadata` */
  readonly folder: string;
  readonly image: ResolvedImage;
  /** The image as the manifest names it. */
  readonly ref: ImageRef;
  /** Index of the entry in its section. */
  readonly at: number;
}

export interface BundleOptions {
  /** The init that reads the bundles. */
  readonly reader: Reader;
  readonly production: boolean;
  /** Labels of foreign images are granted what they ask for. */
  readonly trustLabels: boolean;
}

/**
 * The bundles of a manifest, in order.
 * @throws KitErrors with the errors of all entries
 */
export function planBundles(
  manifest: Manifest,
  imageOf: ImageOf,
  { profiles, users, volumes }: EntryInputs,
  options: BundleOptions,
): PlannedBundle[] {
  const errors: KitError[] = [];
  const bundles = entriesOf(manifest, options).flatMap(({ entry, at, scope }) => {
    const { name, image: ref } = entry.value;
    const image = imageOf(imageRef(ref, entry.origin));
    const { config, architecture } = image.config;
    const context: BundleContext = {
      ...scope,
      arch: architecture === 'arm64' ? 'arm64' : 'amd64',
      foreign: !options.trustLabels && isForeign(entry),
      user: users.get(image.digest),
      imageVolumes: volumes.get(image.digest),
      profileOf: (file) => profiles.get(profilePath(file, entry.origin)),
    };
    const spec = attempt(() => entrySpec(entry, config, context), errors);
    const { section } = scope;
    return spec ? [{ ...spec, section, name, folder: bundleFolder(section, name, at), image, ref, at }] : [];
  });
  const { metadata } = manifest;
  if (metadata && !bundles.some(({ image }) => decidesAboutMetadata(image.config.config)))
    errors.push(nobodyDecides(metadata));
  if (errors.length > 0) throw combineErrors(errors);
  return bundles;
}

/** Another program would read any volume, whatever `metadata.trust` says. */
const nobodyDecides = ({ origin }: Located<MetadataSettings>): KitError =>
  new KitError("Cannot restrict metadata: no entry runs kit's metadata program", {
    place: origin.place(),
    hint: 'onboot: [{name: metadata, image: pkg/metadata}]',
  });

/**
 * The errors of the entries that do not depend on their images, to be reported before any image is pulled or
 * built. Makes the same specs as `planBundles` and discards them. kit's init is the reader, since it has more
 * keys than LinuxKit's, and the images' config is a placeholder with a command, since an entry may rely on
 * that of its image.
 */
export function entryErrors(manifest: Manifest, production: boolean): KitError[] {
  const placeholder: ImageConfig['config'] = { Cmd: ['/'] };
  const options: BundleOptions = { reader: 'kit', production, trustLabels: true };
  const errors: KitError[] = [];
  for (const { entry, scope } of entriesOf(manifest, options)) {
    attempt(() => entrySpec(entry, placeholder, scope), errors);
  }
  return errors;
}

interface PlacedEntry {
  readonly entry: Located<Entry>;
  readonly at: number;
  readonly scope: BundleContext;
}

/** Every entry of every section, with what its fields may refer to. */
function entriesOf(manifest: Manifest, { reader, production }: BundleOptions): PlacedEntry[] {
  const scope = {
    reader,
    production,
    metadataTrust: metadataTrust(manifest.metadata?.value, production),
    metadataNetwork: takesMetadataNetwork(manifest),
    arch: hostArch,
    foreign: false,
    ids: entryIds(manifest),
    openFiles: mostOpenFiles(manifest),
    volumes: machineVolumes(manifest),
    services: new Set(manifest.services.map(({ value }) => value.name)),
    idRanges: idRanges(sections.flatMap((section) => manifest[section].map(({ value }) => value.name))),
  };
  return sections.flatMap((section) =>
    manifest[section].map((entry, at) => ({ entry, at, scope: { ...scope, section } })),
  );
}

/** Whether the image comes from a registry, an archive or the cache, and not from a package's folder. */
const isForeign = ({ value: { image } }: Located<Entry>): boolean => image.kind !== 'package';

/** @throws KitErrors with the places of the wrong fields */
function entrySpec(
  { value, origin }: Located<Entry>,
  config: ImageConfig['config'],
  scope: BundleContext,
): BundleSpec {
  try {
    return bundleSpec(value, config, scope);
  } catch (thrown) {
    if (thrown instanceof KitError || thrown instanceof KitErrors) throw thrown;
    throw new KitErrors(fieldErrors(thrown).map((error) => fieldKitError(error, origin)));
  }
}

/** onboot and onshutdown run in the order of their folders' names. */
function bundleFolder(section: Section, name: string, at: number): string {
  const number = section === 'services' ? '' : `${String(at).padStart(3, '0')}-`;
  return `containers/${section}/${number}${name}`;
}
