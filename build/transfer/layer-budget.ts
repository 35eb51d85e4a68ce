import { KitError } from '../../lib/errors/errors.ts';
import type { Descriptor } from '../../lib/oci/types.ts';
import { ratioBound } from '../binary/compressed/bound.ts';

/** More than overlayfs can mount (OVL_MAX_STACK, fs/overlayfs/params.h). */
const layerCount = 500;
/** Bytes that the layers of an image may have together, whatever their compression ratio. */
const harmless = 8 * 2 ** 30;

/**
 * Refuses an image that grows without end in many layers, each of which is harmless. The result is called
 * with 0 before a layer is unpacked, and with its size after that.
 * @param layerLimit of the flag --layer-limit
 * @throws KitError, as the result does
 */
export function layerBudget(
  image: string,
  layers: readonly Pick<Descriptor, 'size'>[],
  layerLimit = 0,
): (bytes: number) => void {
  if (layers.length > layerCount) {
    throw new KitError(
      `Cannot use image "${image}": it has ${layers.length} layers, more than ${layerCount}`,
    );
  }
  const bound = ratioBound(layers.reduce((sum, { size }) => sum + size, 0));
  const limit = Math.max(harmless, bound.bytes, layerLimit * layers.length);
  let spent = 0;
  return (bytes) => {
    spent += bytes;
    if (spent <= limit) return;
    throw new KitError(`Cannot unpack image "${image}": together, its layers grow beyond ${bound.why}`, {
      hint: 'if you trust it, --layer-limit SIZE (or KIT_LAYER_LIMIT) says how large each layer may be: 20G',
    });
  };
}
