import type { Disk } from './disk.ts';
import type { Mark } from './rotating-file.ts';

/** Bytes. More than a program writes between two marks. */
const most = 8 * 1024 * 1024;

/**
 * The whole lines (each with its newline) that were written after `mark` was made, also when the file has been rotated since:
 * what a program did last that was ended before it could make another mark.
 */
export function linesAfter(path: string, mark: Mark, files: number, disk: Disk): string[] {
  const paths = [path, ...Array.from({ length: files }, (_, number) => `${path}.${number}`)];
  const newer: string[] = [];
  for (const one of paths) {
    const found = disk.statSync(one, { throwIfNoEntry: false });
    if (!found?.isFile()) continue;
    if (found.ino === mark.inode) {
      const parts = [read(one, mark.size, disk), ...newer.reverse().map((path) => read(path, 0, disk))];
      return parts
        .join('')
        .split(/(?<=\n)/)
        .filter((line) => line.endsWith('\n'));
    }
    newer.push(one);
  }
  return [];
}

function read(path: string, from: number, disk: Disk): string {
  const fd = disk.openSync(path, 'r');
  try {
    const size = Math.max(0, Math.min(disk.fstatSync(fd).size - from, most));
    const bytes = Buffer.alloc(size);
    return bytes.toString('utf8', 0, disk.readSync(fd, bytes, 0, size, from));
  } finally {
    disk.closeSync(fd);
  }
}
