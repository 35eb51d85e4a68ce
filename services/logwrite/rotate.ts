import type { Disk } from './disk.ts';

/**
 * Makes room for a new file at `path`, as LinuxKit numbers the old ones: `web.log` becomes `web.log.0`, that becomes
 * `web.log.1`, and so on; of `keep` old ones the oldest is replaced.
 *
 * Files move oldest first and each by one rename, so that one that is interrupted leaves every file whole, in order, and one
 * number free; the next moves only the files below the free number, and loses nothing for it.
 */
export function rotate(path: string, keep: number, disk: Disk): void {
  const old = (number: number): string => `${path}.${number}`;
  let free = 0;
  while (free < keep - 1 && disk.statSync(old(free), { throwIfNoEntry: false })) free += 1;
  for (let number = free; number > 0; number -= 1) disk.renameSync(old(number - 1), old(number));
  disk.renameSync(path, old(0));
}
