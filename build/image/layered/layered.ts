import { join } from 'node:path';
import { writeTar } from '../../../lib/archive/tar.ts';
import { guestPaths } from '../../../lib/bundle/bundle.ts';
import { layerId } from '../../../lib/bundle/layers.ts';
import { inScratch } from '../../cache/scratch.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import { imageTree } from '../../layers/image-tree.ts';
import {
  distinctLayers,
  type ImageLayer,
  imageLayers,
  layersOf,
  type WantedLayer,
} from '../../layers/layers.ts';
import { piecesBytes } from '../../pieces/piece.ts';
import { entryIds } from '../../spec/ids.ts';
import { specJson } from '../../spec/oci/oci-runtime.ts';
import type { Tree } from '../../tree/tree.ts';
import type { Work } from '../../work/work.ts';
import { flatTree } from '../flat/tree.ts';
import { decompressedKernel } from '../kernel/decompress-kernel.ts';
import { type KernelParts, kernelParts } from '../kernel/kernel.ts';
import { stage1Parts } from '../kernel/stage1.ts';
import { type Assembly, kernelImage, needKernel } from '../plan/assembly.ts';
import type { BootImage } from '../plan/boot-image.ts';
import { type PlannedBundle, planBundles } from '../plan/bundles.ts';
import { commandLine } from '../plan/command-line.ts';
import { fileEntries } from '../plan/files.ts';
import { type ImagePart, type ImageUse, imageUses, namedLayers } from '../plan/image-parts.ts';
import { memoryNeeded } from '../plan/memory.ts';
import { once } from '../plan/once.ts';
import { settingsFiles } from '../plan/settings-files.ts';
import { type MountPoint, skeleton } from '../plan/skeleton.ts';
import { sbomEntries } from '../sbom/sbom.ts';
import { type PlannedVolume, planVolumes } from '../volumes/volumes.ts';
import { type InitrdParts, initrdPieces } from './initrd.ts';
import { layeredMedium } from './medium.ts';
import { rootfsMounts } from './rootfs-mounts.ts';
import { type BundleFiles, productionFiles, topEntries } from './top.ts';

/**
 * An image in the layered layout: a concatenation of what the cache holds and one small layer of its own. Its tree is
 * LinuxKit's all the same, with bundles that kit's init reads.
 * @param own kit's init, one of the images of `init:`
 */
export async function layeredImage(assembly: Assembly, own: ResolvedImage, work: Work): Promise<BootImage> {
  const { manifest, imageOf } = assembly;
  const bundles = planBundles(manifest, imageOf, 'kit', assembly.production);
  const added = [...settingsFiles(manifest), ...productionFiles(assembly)];
  const image = kernelImage(assembly);
  const kernel = image && (await layeredKernel(assembly, image, work));
  const parts = once(() => layeredParts(assembly, own, bundles, needKernel(kernel, manifest), work));
  const services = manifest.services.length;
  return {
    arch: work.arch,
    get kernel() {
      return needKernel(kernel, manifest).kernel;
    },
    cmdline: commandLine(manifest.kernel?.value.cmdline ?? '', work.arch),
    ucode: kernel?.ucode,
    containerCommand: ['/usr/bin/node', '--disable-warning=ExperimentalWarning', guestPaths.init],
    initrd: async () => initrdPieces(await parts()),
    memoryMiB: async () => memoryNeeded(piecesBytes(initrdPieces(await parts())), services),
    parts: async () => partsOf(await parts(), kernel, imageUses(assembly, bundles)),
    medium: async () => layeredMedium(await parts(), services),
    tree: (more = []) => flatTree({ ...assembly, bundles, reader: 'kit' }, work, [...added, ...more]),
  };
}

async function layeredKernel(
  { manifest, decompressKernel }: Assembly,
  image: ResolvedImage,
  work: Work,
): Promise<KernelParts> {
  const parts = await kernelParts(image, manifest.kernel?.value ?? {}, work);
  return decompressKernel ? { ...parts, kernel: await decompressedKernel(parts.kernel, work) } : parts;
}

async function layeredParts(
  assembly: Assembly,
  own: ResolvedImage,
  bundles: readonly PlannedBundle[],
  kernel: KernelParts,
  work: Work,
): Promise<InitrdParts> {
  const { manifest, imageOf } = assembly;
  const below = rootLayers(manifest.init.map(imageOf), kernel);
  const root = await imageTree(below, work);
  const volumes = await planVolumes(assembly, work);
  const above = [
    ...volumes.flatMap((volume) => volume.layers),
    ...bundles.flatMap(({ image }) => layersOf(image, 'bundle')),
  ];
  const layers = await withTopLayer(assembly, { bundles, volumes, root }, work, (top) =>
    imageLayers(distinctLayers([...below, top, ...above]), work),
  );
  const { production } = assembly;
  return {
    stage1: await stage1Parts(own, work),
    production,
    modules: kernel.stage1,
    layers,
    ucode: kernel.ucode,
  };
}

function rootLayers(inits: readonly ResolvedImage[], { modules }: KernelParts): WantedLayer[] {
  const layers = inits.flatMap((image) => layersOf(image, 'root'));
  return distinctLayers(modules ? [...layers, { ...modules, use: 'root', title: 'kernel modules' }] : layers);
}

/** Everything in the initrd, and the kernel. */
function partsOf(
  initrd: InitrdParts,
  kernel: KernelParts | undefined,
  uses: readonly ImageUse[],
): ImagePart[] {
  const names = namedLayers(uses);
  if (kernel?.modules) {
    names.set(layerId(kernel.modules.diffId), { title: 'kernel modules', users: ['kernel'] });
  }
  const layers = initrd.layers.map(({ id, bytes, title }) => ({
    bytes,
    ...(names.get(id) ?? { title, users: [] }),
  }));
  const all = piecesBytes(initrdPieces(initrd));
  const rest = all - layers.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    ...(kernel ? [{ title: 'kernel', bytes: kernel.kernel.bytes, users: ['kernel'] }] : []),
    { title: 'stage 1', bytes: rest, users: ['init'] },
    ...layers,
  ];
}

interface TopPlan {
  readonly bundles: readonly PlannedBundle[];
  readonly volumes: readonly PlannedVolume[];
  readonly root: Tree;
}

/** The layer of this one image lives in a scratch folder: only its file system is kept. */
async function withTopLayer(
  assembly: Assembly,
  { bundles, volumes, root }: TopPlan,
  work: Work,
  use: (top: WantedLayer) => Promise<ImageLayer[]>,
): Promise<ImageLayer[]> {
  const { manifest, cwd, production } = assembly;
  const scope = { manifest, ids: entryIds(manifest), root, cwd, env: work.env };
  const entries = topEntries({
    bundles: await Promise.all(bundles.map((bundle) => bundleFiles(bundle, root, work))),
    volumes,
    files: [
      ...settingsFiles(manifest),
      ...(await fileEntries(manifest.files, scope)),
      ...(await sbomEntries(assembly, bundles)),
    ],
    root,
    production,
  });
  return inScratch(work.cacheDir, async (scratch) => {
    const path = join(scratch, 'top.tar');
    const { digest } = await writeTar(path, entries);
    return use({ diffId: digest, path, use: 'root', title: 'bundles and files' });
  });
}

async function bundleFiles(bundle: PlannedBundle, root: Tree, work: Work): Promise<BundleFiles> {
  const { folder, image, spec, runtime } = bundle;
  const ids = distinctLayers(image.layers).map(({ diffId }) => layerId(diffId));
  const mounts = [...rootfsMounts(folder, ids, spec.root.readonly ?? false), ...runtime.mounts];
  return {
    folder,
    config: specJson(spec),
    runtime: JSON.stringify({ ...runtime, mounts }, null, 4),
    skeleton: skeleton(mountPoints(bundle), await imageTree(image.layers, work), root),
  };
}

function mountPoints({ spec, runtime }: PlannedBundle): MountPoint[] {
  const inside = [
    ...runtime.mounts,
    ...runtime.mkdir.map((destination) => ({ destination, source: '', type: '' })),
  ];
  return [...spec.mounts, ...inside.filter(({ destination }) => !destination.startsWith('/'))].map(
    ({ destination, source = '', type }) => ({
      destination: `/${destination.replace(/^\/+/, '')}`,
      source,
      isBind: type === 'bind',
    }),
  );
}
