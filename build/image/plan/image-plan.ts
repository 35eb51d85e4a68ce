import type { TarEntry } from '../../../lib/archive/tar.ts';
import { combineErrors, type KitError } from '../../../lib/errors/errors.ts';
import { layoutLabel } from '../../../lib/oci/types.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import { type EntryInputs, noInputs } from '../../images/entry-inputs.ts';
import type { ImageOf } from '../../images/manifest-images.ts';
import { imageRef } from '../../manifest/images/image-refs.ts';
import type { Located, Manifest, VolumeEntry } from '../../manifest/types.ts';
import type { ImageRef } from '../../reference/image-ref.ts';
import type { Reader } from '../../spec/bundle.ts';
import { isInMemory } from '../../spec/disks/volumes.ts';
import { attempt } from './attempt.ts';
import { type PlannedBundle, planBundles } from './bundles.ts';
import { type SbomOptions, type SbomSpec, sbomSpec } from './sbom-spec.ts';
import { settingsFiles } from './settings-files.ts';

/** An image, and its reference in the manifest. */
export interface NamedImage {
  readonly ref: ImageRef;
  readonly image: ResolvedImage;
}

/** A volume, and the image whose files it starts with. */
export interface PlannedVolume {
  readonly volume: VolumeEntry;
  readonly origin: Located<VolumeEntry>['origin'];
  /** Undefined for a volume that starts empty. */
  readonly content: NamedImage | undefined;
}

/** The contents of an image, all decided before its first byte is made. */
export interface ImagePlan {
  readonly manifest: Manifest;
  /** The image of `kernel:`; undefined for a manifest without one. */
  readonly kernel: NamedImage | undefined;
  readonly init: readonly NamedImage[];
  /**
   * The image of `init` that holds kit's init. With it the layout is layered; without, LinuxKit's flat tree.
   */
  readonly kitInit: ResolvedImage | undefined;
  /** The init that reads the bundles. */
  readonly reader: Reader;
  readonly volumes: readonly PlannedVolume[];
  readonly bundles: readonly PlannedBundle[];
  /** The files that kit's init and supervisor read of `network:` and `control:`. */
  readonly settings: readonly TarEntry[];
  /** The bill of materials in the image; undefined for none. */
  readonly sbom: SbomSpec | undefined;
  /** Absolute folder where relative sources of `files:` are looked for after the manifest's own. */
  readonly cwd: string;
  /** No exec, debugger or shell in the machine: `kit build --production`. */
  readonly production: boolean;
  /** The kernel is stored uncompressed: `kit build --decompress-kernel`. */
  readonly decompressKernel: boolean;
  /** Large layers by the compressor that makes them smallest: `kit build --small`. */
  readonly small: boolean;
}

/** The user's options that change the contents of an image. */
export interface PlanOptions extends Pick<ImagePlan, 'cwd'> {
  readonly production?: boolean | undefined;
  readonly decompressKernel?: boolean | undefined;
  readonly small?: boolean | undefined;
  /** False for an image without a bill of materials. */
  readonly sbom?: SbomOptions | false | undefined;
  readonly inputs?: EntryInputs;
  /** Grant labels of foreign images all they ask for: `kit build --trust-labels`. */
  readonly trustLabels?: boolean | undefined;
}

/**
 * Decides the contents of a manifest's image. Reads and writes nothing.
 * @throws KitError, KitErrors with all errors in entries, `network:` and `control:`
 */
export function planImage(
  manifest: Manifest,
  imageOf: ImageOf,
  {
    cwd,
    production = false,
    decompressKernel = false,
    small = false,
    sbom = {},
    inputs = noInputs,
    trustLabels = false,
  }: PlanOptions,
  env: Readonly<Record<string, string | undefined>>,
): ImagePlan {
  const init = manifest.init.map((ref) => ({ ref: ref.value, image: imageOf(ref) }));
  const kitInit = init.find(({ image }) => isKitInit(image))?.image;
  const reader = kitInit ? 'kit' : 'linuxkit';
  const errors: KitError[] = [];
  const bundles =
    attempt(() => planBundles(manifest, imageOf, inputs, { reader, production, trustLabels }), errors) ?? [];
  const settings = attempt(() => settingsFiles(manifest), errors) ?? [];
  if (errors.length > 0) throw combineErrors(errors);
  // The others are there once the program that mounts disks has run.
  const inMemory = manifest.volumes.filter(({ value }) => isInMemory(value));
  const volumes = inMemory.map((located) => {
    const { value: volume, origin } = located;
    return { volume, origin, content: namedImage(located, imageOf) };
  });
  return {
    ...{ manifest, kernel: manifest.kernel && namedImage(manifest.kernel, imageOf), init, kitInit, reader },
    ...{ volumes, bundles, settings, sbom: sbom ? sbomSpec(sbom, env) : undefined },
    ...{ cwd, production, decompressKernel, small },
  };
}

const isKitInit = ({ config }: ResolvedImage): boolean => config.config.Labels?.[layoutLabel] === 'layered';

function namedImage(
  { value: { image: ref }, origin }: Located<{ readonly image?: ImageRef }>,
  imageOf: ImageOf,
): NamedImage | undefined {
  return ref === undefined ? undefined : { ref, image: imageOf(imageRef(ref, origin)) };
}
