import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { row } from '../../../build/layers/testing/reference.ts';

/** What a folder on the disk shows: `type mode uid value` by path. */
export function* rows(dir: string, prefix: string): Generator<readonly [string, string]> {
  for (const name of readdirSync(dir)) {
    const file = join(dir, name);
    const path = `${prefix}${name}`;
    // A whiteout that shows has a name, and cannot be opened.
    const stat = lstatSync(file, { throwIfNoEntry: false });
    if (!stat) yield [path, 'a whiteout'];
    else {
      const { mode, uid, rdev } = stat;
      const bits = mode & 0o7777;
      if (stat.isDirectory()) {
        yield [path, row('directory', bits, uid, '')];
        yield* rows(file, `${path}/`);
      } else if (stat.isSymbolicLink()) yield [path, row('symlink', bits, uid, readlinkSync(file))];
      else if (stat.isFile()) yield [path, row('file', bits, uid, readFileSync(file, 'utf8'))];
      else yield [path, row('char', bits, uid, `${rdev >> 8}:${rdev & 0xff}`)];
    }
  }
}
