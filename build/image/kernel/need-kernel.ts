import { KitError } from '../../../lib/errors/errors.ts';
import type { Manifest } from '../../manifest/types.ts';

/** The kernel, for formats that boot. @throws KitError for a manifest without one */
export function needKernel<T>(kernel: T | undefined, manifest: Pick<Manifest, 'kernel'>): T {
  if (kernel !== undefined) return kernel;
  throw new KitError('Cannot build an image that boots: the manifest names no kernel', {
    place: manifest.kernel?.origin.place(),
    hint:
      'kernel: {image: pkg/kernel}; kit run container, and the formats "kernel+initrd", "tar" and "docker" ' +
      'need none',
  });
}
