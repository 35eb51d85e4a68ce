import { openFat } from '../../lib/volumes/fat.ts';
import { type RandomAccess, startingAt } from '../../lib/volumes/random-access.ts';
import { efiBootPaths } from '../binary/pe/arches.ts';
import type { Arch } from '../host/arch.ts';
import { efiMemoryNeeded } from '../image/plan/memory.ts';
import type { FoundImage } from './found-image.ts';

/** An image's requirements for its machine; undefined where its files do not reveal them. */
export type ImageNeeds = Pick<FoundImage, 'arch' | 'memoryMiB'>;

/**
 * The requirements of the boot programs on an EFI system partition; `arch` is undefined with programs for
 * both.
 * @param start offset of the partition's FAT volume, in bytes
 */
export async function efiSystemNeeds(source: RandomAccess, start: number): Promise<ImageNeeds> {
  const found: (readonly [Arch, number])[] = [];
  for (const [arch, path] of Object.entries(efiBootPaths) as [Arch, string][]) {
    const bytes = await fileBytes(startingAt(source, start), path);
    if (bytes !== undefined) found.push([arch, bytes]);
  }
  const arch = found.length === 1 ? found[0]?.[0] : undefined;
  return { arch, memoryMiB: efiProgramMemory(Math.max(0, ...found.map(([, bytes]) => bytes))) };
}

/** The size of a file; undefined when there is none, and for a damaged volume. */
async function fileBytes(volume: RandomAccess, path: string): Promise<number | undefined> {
  try {
    return await (await openFat(volume))?.fileBytes(path);
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

/** Bytes. Smaller programs are boot loaders, or hold only a stage 1, and start in any memory. */
const smallProgram = 32 << 20;

/** The least memory, in MiB, for a program of this size; undefined: any will do. */
export function efiProgramMemory(bytes: number): number | undefined {
  return bytes < smallProgram ? undefined : efiMemoryNeeded(bytes);
}
