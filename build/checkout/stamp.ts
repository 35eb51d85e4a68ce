import { readFileSync, statSync } from 'node:fs';

/**
 * The state of a file in one line: what stat(2) says, and the path. A file that is written, replaced or
 * touched has another one, since nobody can set back its time of change (ctime). Undefined for a missing
 * file.
 */
export function stampOf(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) return undefined;
  const { dev, ino, size, mtimeMs, ctimeMs } = found;
  return `${dev} ${ino} ${size} ${mtimeMs} ${ctimeMs} ${path}`;
}

/** The time of change in a stamp, in milliseconds since 1970. */
export const changedMs = (stamp: string): number => Number(stamp.split(' ')[4]);

/** The paths in lines of stamps. */
export const pathsOf = (stamps: string): string[] => stamps.split('\n').map(pathOf);

/** The paths of a file with stamps, if all are as they were. */
export function unchanged(file: string): string[] | undefined {
  const stamps = readFileSync(file, 'utf8').split('\n');
  return stamps.every((stamp) => stampOf(pathOf(stamp)) === stamp) ? stamps.map(pathOf) : undefined;
}

const pathOf = (stamp: string): string => stamp.split(' ').slice(5).join(' ');
