import { type Descriptor, mediaTypes } from '../../../lib/oci/types.ts';
import { layerAnnotation } from '../../cache/annotations.ts';
import type { ResolvedLayer } from '../../cache/stored-image.ts';
import { setting } from '../../config/setting.ts';
import { formatReference, type Reference, withOrg } from '../../reference/reference.ts';
import { clientOf } from '../../registry/clients.ts';
import { RegistryError } from '../../registry/registry-error.ts';
import { fetchImage } from '../../transfer/pull.ts';
import { unpackedImage } from '../../transfer/unpacked-image.ts';
import { defaultSources, type Work } from '../../work.ts';
import type { PackageId } from '../write-image.ts';

/**
 * The layer that somebody else has built from the same inputs and pushed with `kit pkg push`: of the first
 * registry of the setting `packages.registries` that has the package under the hash of its inputs. Only what
 * was compiled is taken; configuration and files of the package are always this checkout's.
 * @returns undefined when no registry has it, or none can be asked, which a line of progress says
 * @throws KitError for an image that a policy refuses
 */
export async function prebuiltLayer(
  id: PackageId,
  shown: string,
  work: Work,
): Promise<Descriptor | undefined> {
  const registries = setting(work.env, 'packages.registries')?.value ?? [];
  if (registries.length === 0 || (work.sources ?? defaultSources).offline) return undefined;
  if (!id.name.includes(id.hash)) {
    work.progress.line(`No registry was asked for ${shown}: its tag does not name its content`);
    return undefined;
  }
  for (const registry of registries) {
    const layer = await layerFrom(withOrg(id.name, registry), shown, work);
    if (layer) return layer;
  }
  return undefined;
}

async function layerFrom(reference: Reference, shown: string, work: Work): Promise<Descriptor | undefined> {
  const name = formatReference(reference);
  const without = (why: string): undefined => {
    work.progress.line(`${shown} is not taken from "${name}": ${why}`);
  };
  try {
    const { image } = await fetchImage(reference, work.arch, clientOf(work), work);
    if ('platforms' in image) return without(`it is for ${image.platforms.join(', ') || 'no platform'}`);
    const { layers } = await unpackedImage(name, image, work);
    // Those of bases, which may be built from source as well, are below.
    const compiled = layers.findLast(({ annotations }) => annotations[layerAnnotation] === 'source');
    return compiled ? descriptorOf(compiled) : without('it has no layer that was built from source');
  } catch (thrown) {
    if (!(thrown instanceof RegistryError)) throw thrown;
    return thrown.status === 404 ? undefined : without(thrown.message);
  }
}

const descriptorOf = ({ diffId, bytes }: ResolvedLayer): Descriptor => ({
  ...{ mediaType: mediaTypes.layer, digest: diffId, size: bytes },
  annotations: { [layerAnnotation]: 'source' },
});
