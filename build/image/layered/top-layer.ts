import { join } from 'node:path';
import { type TarEntry, writeTar } from '../../../lib/archive/tar.ts';
import { layerId } from '../../../lib/bundle/layers.ts';
import { exactJson } from '../../../lib/json/exact-json.ts';
import { inScratch } from '../../cache/scratch.ts';
import { type OverlaidImage, scratchLayer, type WantedLayer } from '../../layers/layers.ts';
import { entryIds } from '../../spec/ids.ts';
import { specJson } from '../../spec/oci/oci-runtime.ts';
import type { Tree } from '../../tree/tree.ts';
import type { Work } from '../../work.ts';
import { containerPlaces } from '../entries/container-places.ts';
import { fileEntries } from '../entries/files.ts';
import { mountPointEntries } from '../entries/mount-points.ts';
import type { PlannedBundle } from '../plan/bundles.ts';
import type { ImagePlan } from '../plan/image-plan.ts';
import { sbomEntries } from '../sbom/sbom-entries.ts';
import type { LayeredVolume } from '../volumes/layered-volumes.ts';
import { inventoryEntry } from './inventory.ts';
import { mappedBinds } from './mapped-binds.ts';
import { rootfsMounts } from './rootfs-mounts.ts';
import { type BundleFiles, topEntries } from './top-entries.ts';
import { updatesEntries } from './updates-file.ts';

/**
 * Makes the layer of this one image as a tar in a scratch folder, which is removed after `use`: the cache
 * keeps only the file system made of it.
 * @param root the root file system of the init images
 * @param overlaid the images of the bundles, by digest
 * @param modules the diff id of the layer of kernel modules
 */
export async function withTopLayer<T>(
  plan: ImagePlan,
  volumes: readonly LayeredVolume[],
  root: Tree,
  overlaid: ReadonlyMap<string, OverlaidImage>,
  modules: string | undefined,
  work: Work,
  use: (top: WantedLayer) => Promise<T>,
): Promise<T> {
  const { production } = plan;
  const files = [...(await machineFiles(plan, root, work)), ...(await sbomEntries(plan))];
  const guest: Tree = new Map([...root, ...files.map((entry) => [entry.path, entry] as const)]);
  const bundles = plan.bundles.map((bundle) =>
    bundleFiles(bundle, overlaid.get(bundle.image.digest) ?? { layers: [], tree: new Map() }, guest),
  );
  const inventory = await inventoryEntry(plan, {
    ...{ bundles, volumes, modules, arch: work.arch },
    // Once more: the body of an entry can be read once.
    files: await machineFiles(plan, root, work),
  });
  const entries = topEntries({ bundles, volumes, files: [...files, inventory], root, production });
  return inScratch(work.cache.dir, async (scratch) => {
    const path = join(scratch, 'top.tar');
    const { digest } = await writeTar(path, entries);
    return use(await scratchLayer({ diffId: digest, path }, 'bundles and files', 'root'));
  });
}

/** @param guest the root file system of the machine, with the manifest's files */
function bundleFiles(bundle: PlannedBundle, { layers, tree }: OverlaidImage, guest: Tree): BundleFiles {
  const { folder, spec, runtime } = bundle;
  const ids = layers.map(({ id }) => layerId(id));
  const mounts = [...rootfsMounts(folder, ids, spec.root.readonly ?? false), ...runtime.mounts];
  const mapped = mappedBinds(folder, spec);
  const kit = runtime.kit && { ...runtime.kit, ...mapped.kit };
  return {
    folder,
    config: specJson(mapped.spec),
    runtime: exactJson({ ...runtime, mounts, kit }, 4),
    mountPoints: mountPointEntries(containerPlaces(bundle), tree, guest),
  };
}

/** Files of the machine itself; of two with the same path the later one wins. */
async function machineFiles(plan: ImagePlan, root: Tree, work: Work): Promise<TarEntry[]> {
  const { manifest, settings, cwd } = plan;
  const scope = { manifest, ids: entryIds(manifest), root, cwd, env: work.env };
  return [...settings, ...updatesEntries(manifest), ...(await fileEntries(manifest.files, scope))];
}
