import { openFat } from '../../lib/volumes/fat.ts';
import { type RandomAccess, startingAt } from '../../lib/volumes/random-access.ts';
import { efiBootPaths } from '../binary/pe/arches.ts';
import type { Arch } from '../host/arch.ts';
import { efiMemoryNeeded } from '../image/plan/memory.ts';
import type { FoundMedia } from './found-media.ts';

/** What an image tells about the machine that starts it. */
type Needs = Pick<FoundMedia, 'arch' | 'memoryMiB'>;

/**
 * What the programs of an EFI system partition tell, which is a FAT volume that begins at this byte. One for
 * each architecture leaves the choice open.
 */
export async function efiSystemNeeds(source: RandomAccess, start: number): Promise<Needs> {
  const found: (readonly [Arch, number])[] = [];
  for (const [arch, path] of Object.entries(efiBootPaths) as [Arch, string][]) {
    const bytes = await fileBytes(startingAt(source, start), path);
    if (bytes !== undefined) found.push([arch, bytes]);
  }
  const arch = found.length === 1 ? found[0]?.[0] : undefined;
  return { arch, memoryMiB: efiProgramMemory(Math.max(0, ...found.map(([, bytes]) => bytes))) };
}

/** Undefined for what is not there, and for a damaged volume. */
async function fileBytes(volume: RandomAccess, path: string): Promise<number | undefined> {
  try {
    return await (await openFat(volume))?.fileBytes(path);
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined;
    throw thrown;
  }
}

/** Boot loaders, and programs with no more than a stage 1 in them, start in any machine. */
const smallProgram = 32 << 20;

/** The least memory, in MiB, for a program of this size; undefined where that is no question. */
export function efiProgramMemory(bytes: number): number | undefined {
  return bytes < smallProgram ? undefined : efiMemoryNeeded(bytes);
}
