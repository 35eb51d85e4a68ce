import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { KitError, reasonOf } from '../errors/errors.ts';

export interface ConfigFile {
  readonly file: string;
  readonly text: string;
}

export interface ConfigFolder {
  readonly files: readonly ConfigFile[];
  /** One for each that is none. */
  readonly problems: readonly KitError[];
}

/** Of a file; those of distributions have a few thousand. */
const maxBytes = 1 << 20;

/**
 * All files of a folder in the order of their names, whatever these end in, as LinuxKit's programs take them.
 * Links are followed: Debian has one in /etc/sysctl.d. @throws KitError without the folder
 */
export function readConfigFolder(folder: string, encoding: 'utf8' | 'latin1' = 'utf8'): ConfigFolder {
  const files: ConfigFile[] = [];
  const problems: KitError[] = [];
  for (const name of namesIn(folder)) {
    const file = join(folder, name);
    const stats = statSync(file, { throwIfNoEntry: false });
    if (stats?.isFile() && stats.size <= maxBytes) files.push({ file, text: readFileSync(file, encoding) });
    else problems.push(new KitError(`Cannot read "${file}": it is no regular file of up to 1 MiB`));
  }
  return { files, problems };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (thrown) {
    throw new KitError(`Cannot read the folder "${folder}": ${reasonOf(thrown)}`, { cause: thrown });
  }
}
