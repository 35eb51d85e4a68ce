import { chmodSync, lstatSync, symlinkSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import type { StagedPackage } from './addons/staged-package.ts';

/**
 * Makes `node_modules/.bin` with the programs of the packages (`bin` of package.json), as npm does: scripts
 * of packages call each other by these names. npm itself takes the names from the lock file, and not all have
 * them.
 */
export function linkPrograms(packages: readonly StagedPackage[]): void {
  for (const { folder, location, name, manifest } of packages) {
    for (const [program, path] of programsOf(name, manifest.bin)) {
      const file = posix.normalize(posix.join('.', path));
      const isInside = !file.startsWith('..') && !posix.isAbsolute(path) && /^[\w.-]+$/.test(program);
      if (!isInside || !lstatSync(join(folder, file), { throwIfNoEntry: false })?.isFile()) continue;
      const modules = folder.slice(0, -posix.relative(modulesOf(location), location).length - 1);
      const link = join(modules, '.bin', program);
      makeFolder(dirname(link));
      if (lstatSync(link, { throwIfNoEntry: false })) continue;
      symlinkSync(posix.join('..', posix.relative(modulesOf(location), location), file), link);
      chmodSync(join(folder, file), 0o755);
    }
  }
}

/** The `node_modules` that a package is in. */
function modulesOf(location: string): string {
  return location.slice(0, location.lastIndexOf('node_modules/') + 'node_modules'.length);
}

function programsOf(name: string, bin: unknown): [string, string][] {
  if (typeof bin === 'string') return [[name.replace(/^.*\//, ''), bin]];
  if (typeof bin !== 'object' || bin === null) return [];
  return Object.entries(bin).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
}
