import { guestPaths } from '../../../lib/bundle/bundle.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import { once } from '../../host/once.ts';
import { distinctLayers, imageLayers, type OverlaidImage, overlaidImage } from '../../layers/layers.ts';
import { rootStack } from '../../layers/root-stack.ts';
import { piecesBytes } from '../../pieces/piece.ts';
import { machineSigner } from '../../signing/efi/machine-signer.ts';
import type { Work } from '../../work.ts';
import { flatKernel } from '../flat/kernel.ts';
import { flatTree } from '../flat/tree.ts';
import { decompressedKernel } from '../kernel/decompress-kernel.ts';
import { type KernelFiles, kernelFiles } from '../kernel/kernel-files.ts';
import { needKernel } from '../kernel/need-kernel.ts';
import { moduleList } from '../kernel/own-modules.ts';
import { stage1Files } from '../kernel/stage1-files.ts';
import type { BootImage } from '../plan/boot-image.ts';
import { commandLine } from '../plan/command-line.ts';
import type { ImagePlan } from '../plan/image-plan.ts';
import { machineNeeds } from '../plan/machine-needs.ts';
import { memoryNeeded } from '../plan/memory.ts';
import { layeredVolumes } from '../volumes/layered-volumes.ts';
import { type InitrdContents, initrdPieces, type LayeredInitrd } from './initrd.ts';
import { layeredMedium } from './medium.ts';
import { layeredParts } from './parts.ts';
import { needLzma, sayCost } from './small-layers.ts';
import { productionFiles } from './top-entries.ts';
import { withTopLayer } from './top-layer.ts';

/**
 * An image in the layered layout: layers from the cache one after another, and a small top layer of its own.
 * Its tree is still LinuxKit's, with bundles for kit's init.
 * @param kitInit the image of `init:` with kit's init
 */
export async function layeredBootImage(
  plan: ImagePlan,
  kitInit: ResolvedImage,
  work: Work,
): Promise<BootImage> {
  const { manifest, settings } = plan;
  const services = manifest.services.length;
  const kernel = await layeredKernel(plan, work);
  const treeKernel = once(() => flatKernel(plan, work));
  const initrd = once(async (): Promise<LayeredInitrd> => {
    const contents = await initrdContents(plan, kitInit, kernel ?? noKernel, work);
    return { contents, pieces: await initrdPieces(contents, work) };
  });
  return {
    arch: work.arch,
    hasKernel: kernel !== undefined,
    get kernel() {
      return needKernel(kernel, manifest).kernel;
    },
    cmdline: commandLine(manifest.kernel?.value.cmdline ?? '', work.arch, plan.production),
    ucode: kernel?.ucode,
    drivers: kernel?.drivers,
    needs: machineNeeds(plan),
    signer: () => machineSigner(manifest, work.env),
    containerCommand: ['/usr/bin/node', '--disable-warning=ExperimentalWarning', guestPaths.init],
    initrd: async () => (await initrd()).pieces,
    memoryMiB: async () => memoryNeeded(piecesBytes((await initrd()).pieces), services),
    parts: async () => layeredParts(plan, await initrd(), kernel),
    medium: once(async () => layeredMedium((await initrd()).contents, services, work)),
    tree: (added = []) => flatTree(plan, treeKernel, work, [...settings, ...productionFiles(plan), ...added]),
  };
}

async function layeredKernel(plan: ImagePlan, work: Work): Promise<KernelFiles | undefined> {
  const { kernel, manifest, decompressKernel, small } = plan;
  if (!kernel) return undefined;
  if (small) await needLzma(kernel.image, manifest.kernel?.value ?? {}, work);
  const files = await kernelFiles(kernel.image, manifest.kernel?.value ?? {}, moduleList(plan), work);
  return decompressKernel ? { ...files, kernel: await decompressedKernel(files.kernel, work) } : files;
}

/** A kernel of the user's own has what stage 1 needs built in: loop devices, EROFS, overlayfs. */
const noKernel: Omit<KernelFiles, 'kernel'> = {
  ucode: undefined,
  modules: undefined,
  drivers: undefined,
  stage1: { layers: [], medium: [], storage: [] },
};

async function initrdContents(
  plan: ImagePlan,
  kitInit: ResolvedImage,
  { modules, stage1, ucode }: Omit<KernelFiles, 'kernel'>,
  work: Work,
): Promise<InitrdContents> {
  const kernelModules = modules ? [{ name: 'kernel modules', layers: [modules] }] : [];
  const root = await rootStack([...plan.init.map(({ image }) => image), ...kernelModules], work);
  const volumes = await layeredVolumes(plan.volumes, work);
  const overlaid = await overlaidImages(plan, work);
  const containerLayers = [
    ...volumes.flatMap((volume) => volume.layers),
    ...[...overlaid.values()].flatMap((image) => image.layers),
  ];
  const { production, small } = plan;
  const layers = await withTopLayer(plan, volumes, root.tree, overlaid, modules?.diffId, work, (top) => {
    const wanted = distinctLayers([...root.layers, top, ...containerLayers]);
    if (small) sayCost(wanted, work);
    return imageLayers(wanted, work, { small });
  });
  return { stage1: await stage1Files(kitInit, work), production, modules: stage1, layers, ucode };
}

/** The images of the containers, by digest. */
async function overlaidImages(
  { bundles }: ImagePlan,
  work: Work,
): Promise<ReadonlyMap<string, OverlaidImage>> {
  const found = new Map<string, OverlaidImage>();
  for (const { image } of bundles)
    if (!found.has(image.digest)) found.set(image.digest, await overlaidImage(image, 'bundle', work));
  return found;
}
