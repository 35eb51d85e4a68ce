import type { Work } from '../../work.ts';
import { type Assembly, kernelImage, needKernel } from '../assembly.ts';
import type { BootImage } from '../boot-image.ts';
import { planBundles } from '../bundles.ts';
import { flatKernel } from './kernel.ts';
import { flatTree } from './tree.ts';

/** An image whose init is LinuxKit's, or any other than kit's: one tree, in memory or on a medium. */
export async function flatImage(assembly: Assembly, work: Work): Promise<BootImage> {
  const { manifest, imageOf } = assembly;
  const parts = {
    ...assembly,
    bundles: planBundles(manifest, imageOf, 'linuxkit'),
    reader: 'linuxkit',
  } as const;
  const image = kernelImage(assembly);
  const kernel = image && (await flatKernel(image, manifest.kernel?.value ?? {}, work));
  const tree: BootImage['tree'] = (added) => flatTree(parts, work, added);
  return {
    arch: work.arch,
    get kernel() {
      return needKernel(kernel, manifest).kernel;
    },
    cmdline: manifest.kernel?.value.cmdline ?? '',
    initrd: async () => [],
    memoryMiB: async () => 0,
    medium: async () => ({
      initrd: [],
      memoryMiB: 0,
      id: '',
      compressed: false,
      entries: () => withoutBoot(tree()),
    }),
    tree,
  };
}

/** The folder stays, empty. */
async function* withoutBoot(tree: ReturnType<BootImage['tree']>): ReturnType<BootImage['tree']> {
  for await (const entry of tree) if (!entry.path.startsWith('boot/')) yield entry;
}
