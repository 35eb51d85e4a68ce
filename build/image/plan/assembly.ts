import { KitError } from '../../../lib/errors/errors.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import { type ImageOf, imageRef } from '../../images/manifest-images.ts';
import type { Manifest } from '../../manifest/types.ts';

/** All that an image is made of. */
export interface Assembly {
  readonly manifest: Manifest;
  readonly imageOf: ImageOf;
  /** Absolute folder of the user, where relative sources of `files:` are looked for last. */
  readonly cwd: string;
  /** Nobody runs programs in its services or debugs them: `kit build --production`. */
  readonly production: boolean;
  /** The kernel as it is in memory: `kit build --decompress-kernel`. */
  readonly decompressKernel?: boolean | undefined;
  /** The bill of materials that the image carries. */
  readonly sbom?: SbomWish | undefined;
}

export interface SbomWish {
  /** In the image: `sbom.spdx.json`. */
  readonly path: string;
  /** What it says about when it was made: `2017-04-18T16:30:00Z`. */
  readonly created: string;
}

export function kernelImage({ manifest: { kernel }, imageOf }: Assembly): ResolvedImage | undefined {
  return kernel?.value.image === undefined ? undefined : imageOf(imageRef(kernel.value.image, kernel.origin));
}

/** For formats that boot: only the root file system by itself does without a kernel. */
export function needKernel<T>(kernel: T | undefined, { kernel: written }: Manifest): T {
  if (kernel !== undefined) return kernel;
  throw new KitError('Cannot build an image that boots: the manifest names no kernel', {
    place: written?.origin.place(),
    hint: 'kernel: {image: pkg/kernel}; the formats "tar" and "docker" need none',
  });
}
