import { KitError } from '../../lib/errors/errors.ts';
import type { Descriptor } from '../../lib/oci/types.ts';
import type { Cache } from '../cache/cache.ts';
import { formatReference, type Reference } from '../reference/reference.ts';
import type { FoundManifest } from '../registry/client.ts';
import { RegistryError } from '../registry/registry-error.ts';
import type { Work } from '../work.ts';
import { addIndex } from './gzip-layers.ts';
import { explainPushErrors, type Pushed, type PushTarget, pushImage } from './push.ts';
import { namedImage, selectPlatforms } from './select-image.ts';

/** The architectures of LinuxKit's packages, sorted. */
const architectures = ['amd64', 'arm64', 'ppc64le', 'riscv64', 's390x'];

/** As in LinuxKit, each architecture's image has a tag of its own: `3f2a-amd64`. */
const archTag = (target: Reference, architecture: string): Reference => ({
  ...target,
  tag: `${target.tag}-${architecture}`,
});

/**
 * Pushes each image with this name in the cache under its architecture's tag. @param only one architecture
 */
export async function pushArches(
  name: string,
  target: Reference,
  to: PushTarget,
  work: Work,
  only?: string,
): Promise<Pushed[]> {
  const image = await namedImage(work.cache, [name]);
  const pushed: Pushed[] = [];
  for (const { platform } of image.images) {
    if (!platform || (only !== undefined && platform.architecture !== only)) continue;
    const selected = await selectPlatforms(image, [`${platform.os}/${platform.architecture}`], work.cache);
    pushed.push(await pushImage(selected, archTag(target, platform.architecture), to, true, work));
  }
  return pushed;
}

/** Pushes, under the plain tag, an index of the images that the registry has for each architecture. */
export async function pushIndex(target: Reference, { client }: PushTarget, cache: Cache): Promise<Pushed> {
  const name = formatReference(target);
  return explainPushErrors(name, async () => {
    const manifests: Descriptor[] = [];
    for (const architecture of architectures) {
      const found = await client.manifest(archTag(target, architecture)).catch(unlessMissing);
      if (!found) continue;
      const { mediaType, digest, size } = found;
      manifests.push({ mediaType, digest, size, platform: { os: 'linux', architecture } });
    }
    if (manifests.length === 0) {
      throw new KitError(
        `Cannot make index "${name}": the registry has no "${target.tag}-amd64" or any other`,
        {
          hint: 'kit pkg push sends the images first',
        },
      );
    }
    const { descriptor, index } = await addIndex(manifests, cache);
    await client.putManifest(target, index, descriptor.mediaType);
    return { name, digest: descriptor.digest, sent: 0 };
  });
}

function unlessMissing(thrown: unknown): FoundManifest | undefined {
  if (thrown instanceof RegistryError && thrown.status === 404) return undefined;
  throw thrown;
}
