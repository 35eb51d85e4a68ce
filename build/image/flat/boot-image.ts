import type { TarEntry } from '../../../lib/archive/tar.ts';
import { once } from '../../host/once.ts';
import { machineSigner } from '../../signing/efi/machine-signer.ts';
import type { Work } from '../../work.ts';
import { needKernel } from '../kernel/need-kernel.ts';
import { ucodePieces } from '../kernel/ucode-pieces.ts';
import type { BootImage } from '../plan/boot-image.ts';
import { imageUses } from '../plan/image-part.ts';
import type { ImagePlan } from '../plan/image-plan.ts';
import { machineNeeds } from '../plan/machine-needs.ts';
import { memoryNeeded } from '../plan/memory.ts';
import { refuseSettings } from '../plan/settings-files.ts';
import { archiveFacts, flatInitrd } from './initrd.ts';
import { flatKernel } from './kernel.ts';
import { flatParts } from './parts.ts';
import { flatTree } from './tree.ts';

/**
 * An image with LinuxKit's init, or any other than kit's: one tree, in memory or on a medium that the kernel
 * mounts itself. The command line is the manifest's alone, since kit's defaults suit kit's init.
 */
export async function flatBootImage(plan: ImagePlan, work: Work): Promise<BootImage> {
  const { manifest } = plan;
  refuseSettings(manifest);
  const services = manifest.services.length;
  const kernelOnce = once(() => flatKernel(plan, work));
  const kernel = await kernelOnce();
  const tree: BootImage['tree'] = (added) => flatTree(plan, kernelOnce, work, added);
  const root = (): AsyncIterable<TarEntry> => withoutBoot(tree());
  const facts = once(() => archiveFacts(root, work));
  const archive = once(async () => flatInitrd(root, await facts(), work));
  const ucode = ucodePieces(kernel?.ucode);
  return {
    arch: work.arch,
    hasKernel: kernel !== undefined,
    get kernel() {
      return needKernel(kernel, manifest).kernel;
    },
    cmdline: manifest.kernel?.value.cmdline ?? '',
    ucode: kernel?.ucode,
    needs: machineNeeds(plan),
    signer: () => machineSigner(manifest, work.env),
    containerCommand: ['/bin/rc.init'],
    initrd: async () => [...ucode, await archive()],
    // While the kernel unpacks the archive, it holds the archive and the tree, in half of its memory.
    memoryMiB: async () => memoryNeeded((await facts()).bytes + (await archive()).bytes / 2, services),
    parts: async () => [
      ...(kernel ? [{ title: 'kernel', bytes: kernel.kernel.bytes, users: ['kernel'] }] : []),
      ...flatParts(imageUses(plan)),
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

/** Leaves out the files of boot/; the folder itself stays, empty. */
async function* withoutBoot(tree: AsyncIterable<TarEntry>): AsyncGenerator<TarEntry> {
  for await (const entry of tree) if (!entry.path.startsWith('boot/')) yield entry;
}
