import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Arch } from '../../host/arch.ts';
import type { BootImage } from '../../image/plan/boot-image.ts';
import { noNeeds } from '../../image/plan/machine-needs.ts';
import { tinyKernel } from '../uki/testing.ts';

/** An image for formats that take its kernel and initrd and do not boot it. */
export function tinyImage(folder: string, arch: Arch, cmdline = 'console=ttyS0'): BootImage {
  const file = join(folder, 'initrd');
  writeFileSync(file, Buffer.alloc(3_000_000, 'initrd '));
  const none = (): never => {
    throw new Error('this test image has a kernel and an initrd only');
  };
  return {
    ...{
      arch,
      cmdline,
      ucode: undefined,
      signer: () => undefined,
      containerCommand: [],
      medium: none,
      tree: none,
    },
    needs: noNeeds,
    parts: async () => [],
    memoryMiB: async () => 64,
    hasKernel: true,
    kernel: tinyKernel(folder, arch),
    initrd: async () => [Buffer.from('head'), { file, bytes: 3_000_000 }, { hole: 100_000 }],
  };
}
