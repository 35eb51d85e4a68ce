import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inScratch } from '../cache/scratch.ts';
import type { BootImage, Medium } from '../image/plan/boot-image.ts';
import { writePieces } from '../pieces/write-pieces.ts';
import type { Work } from '../work/work.ts';
import { writeBootFiles } from './boot-files.ts';
import type { Output, OutputFile, OutputPlace } from './output.ts';

/** Makes a file system of a medium's files at this path, which is not there yet. */
type MakeFileSystem = (path: string, medium: Medium, work: Work) => Promise<void>;

/**
 * Kernel and command line for direct kernel boot, and the root file system as a disk beside them: `<name><suffix>`.
 * What the kernel needs to find it is `<name>-stage1.img`, not LinuxKit's `-initrd.img`: that is kernel+initrd's, and
 * both formats may be asked for at once.
 */
export function kernelMedium(suffix: string, make: MakeFileSystem): Output {
  return {
    root: 'medium',
    own: suffix,
    async write(image, place, work) {
      const medium = await image.medium();
      const files = await kernelFiles(image, medium, place, work);
      return [...files, await fileSystem(join(place.dir, `${place.name}${suffix}`), make, medium, work)];
    },
  };
}

/** The files that boot from a medium, without the medium. */
export function kernelFiles(
  { kernel, cmdline }: BootImage,
  { initrd }: Medium,
  place: OutputPlace,
  { signal }: Work,
): Promise<OutputFile[]> {
  return writeBootFiles({ kernel, cmdline, initrd: { suffix: 'stage1.img', pieces: initrd } }, place, signal);
}

/** Tools write in the scratch, so that what is in the place already and right is left alone. */
async function fileSystem(
  path: string,
  make: MakeFileSystem,
  medium: Medium,
  work: Work,
): Promise<OutputFile> {
  return inScratch(work.cacheDir, async (scratch) => {
    const made = join(scratch, 'medium.img');
    await make(made, medium, work);
    const { size } = await stat(made);
    return { path, bytes: await writePieces(path, [{ file: made, bytes: size }], work.signal) };
  });
}
