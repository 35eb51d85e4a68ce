import type { LogDisk } from './disk.ts';

/**
 * Rotates files with LinuxKit's numbers: `web.log` becomes `web.log.0`, that becomes `web.log.1`, and so on;
 * at most `keep` old files remain.
 *
 * Renames the oldest file first, so that an interrupted rotation leaves every file complete and in order,
 * with one number unused. The next rotation renames only the files below that number and loses nothing.
 */
export function rotate(path: string, keep: number, disk: LogDisk): void {
  const oldPath = (number: number): string => `${path}.${number}`;
  let free = 0;
  while (free < keep - 1 && disk.statSync(oldPath(free), { throwIfNoEntry: false })) free += 1;
  for (let number = free; number > 0; number -= 1) disk.renameSync(oldPath(number - 1), oldPath(number));
  disk.renameSync(path, oldPath(0));
}
