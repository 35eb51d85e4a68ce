import { fatFileBytes } from '../binary/fat/fat-read.ts';
import type { Arch } from '../host/arch.ts';
import { efiMemoryNeeded } from '../image/plan/memory.ts';
import type { ReadBytes } from '../pieces/image-bytes.ts';
import type { FoundMedia } from './found-media.ts';

/** What an image tells about the machine that starts it. */
type Needs = Pick<FoundMedia, 'arch' | 'memoryMiB'>;

/** What firmware starts from a medium that it has not seen before (UEFI 2.10, 3.5.1.1). */
const programs: readonly (readonly [Arch, string])[] = [
  ['amd64', 'EFI/BOOT/BOOTX64.EFI'],
  ['arm64', 'EFI/BOOT/BOOTAA64.EFI'],
];

/**
 * What the programs of an EFI system partition tell, which is a FAT volume that begins at this byte. One for each
 * architecture leaves the choice open.
 */
export async function efiSystemNeeds(source: ReadBytes, start: number): Promise<Needs> {
  const found: (readonly [Arch, number])[] = [];
  for (const [arch, path] of programs) {
    const bytes = await fatFileBytes(source, start, path);
    if (bytes !== undefined) found.push([arch, bytes]);
  }
  const arch = found.length === 1 ? found[0]?.[0] : undefined;
  return { arch, memoryMiB: efiProgramMemory(Math.max(0, ...found.map(([, bytes]) => bytes))) };
}

/** Boot loaders, and programs with no more than a stage 1 in them, start in any machine. */
const smallProgram = 32 << 20;

/** The least memory, in MiB, for a program of this size; undefined where that is no question. */
export function efiProgramMemory(bytes: number): number | undefined {
  return bytes < smallProgram ? undefined : efiMemoryNeeded(bytes);
}
