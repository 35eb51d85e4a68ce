import type { LogDisk } from './disk.ts';
import type { Mark } from './rotating-file.ts';

/** Upper limit of the bytes written between two marks. */
const maximalBytes = 8 * 1024 * 1024;

/**
 * The complete lines (each with its newline) written after `mark`, also if the file was rotated since: those
 * that a killed run wrote after it last saved its progress.
 */
export function linesAfter(path: string, mark: Mark, files: number, disk: LogDisk): string[] {
  const paths = [path, ...Array.from({ length: files }, (_, number) => `${path}.${number}`)];
  const newer: string[] = [];
  for (const candidate of paths) {
    const stats = disk.statSync(candidate, { throwIfNoEntry: false });
    if (!stats?.isFile()) continue;
    if (stats.ino === mark.inode) {
      const parts = [read(candidate, mark.size, disk), ...newer.reverse().map((file) => read(file, 0, disk))];
      return parts
        .join('')
        .split(/(?<=\n)/)
        .filter((line) => line.endsWith('\n'));
    }
    newer.push(candidate);
  }
  return [];
}

function read(path: string, from: number, disk: LogDisk): string {
  const fd = disk.openSync(path, 'r');
  try {
    const size = Math.max(0, Math.min(disk.fstatSync(fd).size - from, maximalBytes));
    const bytes = Buffer.alloc(size);
    return bytes.toString('utf8', 0, disk.readSync(fd, bytes, 0, size, from));
  } finally {
    disk.closeSync(fd);
  }
}
