import { KitError } from '../../lib/errors/errors.ts';
import type { Manifest } from '../manifest/types.ts';
import type { ResolvedImage } from '../packages/resolve.ts';
import { type ImageOf, imageRef } from './images.ts';

/** All that an image is made of. */
export interface Assembly {
  readonly manifest: Manifest;
  readonly imageOf: ImageOf;
  /** Absolute folder of the user, where relative sources of `files:` are looked for last. */
  readonly cwd: string;
  /** No debugger, no shell, no program but what the manifest says: `kit build --production`. */
  readonly production: boolean;
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
