import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { foldersAbove, isDependency } from '../project/places.ts';
import { installRecords } from '../project/project-inputs.ts';
import type { Compiler } from './compiler.ts';

/**
 * Every path whose content determines the result of a check: the sources, the folders where new ones may
 * appear, and what npm has installed: by npm's record of it where there is one.
 */
export function checkedInputs(
  { program, tsconfig, root }: Compiler,
  chain: readonly string[],
  files: readonly string[],
): string[] {
  const own = files.filter((path) => !isDependency(path));
  const folders = foldersAbove(dirname(tsconfig), root);
  const records = folders.flatMap((folder) =>
    installRecords.map((name) => join(folder, 'node_modules', name)),
  );
  const installed = records.some((path) => existsSync(path)) ? [] : files.filter(isDependency);
  return [
    ...[program, ...chain, ...own, ...records, ...installed],
    ...new Set(own.map((path) => dirname(path))),
    ...folders.map((folder) => join(folder, 'package.json')),
  ];
}
