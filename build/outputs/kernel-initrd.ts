import { writeBootFiles } from './boot-files.ts';
import type { Output } from './output.ts';

/** Kernel, initrd and command line as three files, for direct kernel boot. */
export const kernelInitrd: Output = {
  async write(image, place, { signal }) {
    const initrd = { suffix: 'initrd.img', pieces: await image.initrd() } as const;
    return writeBootFiles({ kernel: image.kernel, initrd, cmdline: image.cmdline }, place, signal);
  },
};
