import { join } from 'node:path';
import { refuseLongCommandLine } from '../assemble/command-line.ts';
import type { Output } from './output.ts';
import { writePieces } from './write-pieces.ts';

/** Kernel, initrd and command line as three files, for direct kernel boot. */
export const kernelInitrd: Output = {
  async write(image, { dir, name }, { signal }) {
    refuseLongCommandLine(image.cmdline);
    const parts = [
      ['kernel', [image.kernel]],
      ['initrd.img', await image.initrd()],
      ['cmdline', [Buffer.from(image.cmdline)]],
    ] as const;
    const files = [];
    for (const [suffix, pieces] of parts) {
      const path = join(dir, `${name}-${suffix}`);
      files.push({ path, bytes: await writePieces(path, pieces, signal) });
    }
    return files;
  },
};
