import { join } from 'node:path';
import type { StepContext } from '../steps.ts';

/**
 * Ends the use of swap files: a disk with one that is used can neither be unmounted nor made read-only. Swap
 * on a device of its own needs no ending.
 */
export function stopSwapFiles({ system, console }: Pick<StepContext, 'system' | 'console'>): void {
  const files = swapFiles(system.files.read('/proc/swaps') ?? '');
  // Of a file on a mount of a container that has ended, the kernel shows the path below that mount.
  const folders = ['/', ...system.listMounts().map(({ target }) => target)];
  const stops = (path: string): boolean => {
    try {
      system.swapOff(path);
      return true;
    } catch {
      return false;
    }
  };
  for (const file of files) {
    if (!folders.some((folder) => stops(join(folder, file))))
      console.log(`Cannot stop swapping to "${file}": its disk will not be unmounted`);
  }
}

/** Of /proc/swaps, below its titles: `/var/data/swapfile  file  1048572  0  -2`. */
const swapFiles = (text: string): string[] =>
  text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [path = '', type] = line.split(/\s+/);
      return type === 'file' ? [path] : [];
    });
