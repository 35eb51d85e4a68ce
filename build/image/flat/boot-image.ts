import type { Piece } from '../../pieces/piece.ts';
import type { Work } from '../../work/work.ts';
import { type Assembly, kernelImage, needKernel } from '../plan/assembly.ts';
import type { BootImage } from '../plan/boot-image.ts';
import { planBundles } from '../plan/bundles.ts';
import { imageParts, imageUses } from '../plan/image-parts.ts';
import { memoryNeeded } from '../plan/memory.ts';
import { once } from '../plan/once.ts';
import { refuseSettings } from '../plan/settings-files.ts';
import { flatInitrd, treeFacts } from './initrd.ts';
import { flatKernel } from './kernel.ts';
import { flatTree } from './tree.ts';

/**
 * An image whose init is LinuxKit's, or any other than kit's: one tree, in memory or on a medium that the kernel mounts
 * by itself. The command line is the manifest's alone: kit's defaults suit kit's init.
 */
export async function flatImage(assembly: Assembly, work: Work): Promise<BootImage> {
  const { manifest, imageOf } = assembly;
  refuseSettings(manifest);
  const services = manifest.services.length;
  const bundles = planBundles(manifest, imageOf, 'linuxkit');
  const image = kernelImage(assembly);
  const kernel = image && (await flatKernel(image, assembly, work));
  const tree: BootImage['tree'] = (added) =>
    flatTree({ ...assembly, bundles, reader: 'linuxkit' }, work, added);
  const root = (): ReturnType<BootImage['tree']> => withoutBoot(tree());
  const facts = once(() => treeFacts(root, work));
  const packed = once(async () => flatInitrd(root, await facts(), work));
  const ucode: readonly Piece[] = kernel?.ucode ? [kernel.ucode, Buffer.alloc(-kernel.ucode.bytes & 3)] : [];
  return {
    arch: work.arch,
    get kernel() {
      return needKernel(kernel, manifest).kernel;
    },
    cmdline: manifest.kernel?.value.cmdline ?? '',
    ucode: kernel?.ucode,
    containerCommand: ['/bin/rc.init'],
    initrd: async () => [...ucode, await packed()],
    // The kernel has both in memory while it unpacks one into half of the rest.
    memoryMiB: async () => memoryNeeded((await facts()).bytes + (await packed()).bytes / 2, services),
    parts: async () => [
      ...(kernel ? [{ title: 'kernel', bytes: kernel.kernel.bytes, users: ['kernel'] }] : []),
      ...imageParts(imageUses(assembly, bundles)),
    ],
    medium: async () => ({
      initrd: ucode,
      memoryMiB: memoryNeeded(0, services),
      id: (await facts()).digest.slice(0, 32),
      layout: 'flat',
      entries: root,
    }),
    tree,
  };
}

/** The folder itself stays, empty. */
async function* withoutBoot(tree: ReturnType<BootImage['tree']>): ReturnType<BootImage['tree']> {
  for await (const entry of tree) if (!entry.path.startsWith('boot/')) yield entry;
}
