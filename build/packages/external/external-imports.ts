import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';
import { readPackageJson } from './lock/project.ts';

/**
 * Leaves imports of the external packages in the program, which finds them beside it. @param versions by
 * name; a bundled package that finds another version on this machine would get that one in the image: that is
 * an error
 */
export function externalImports(versions: ReadonlyMap<string, string>): Plugin {
  return {
    name: 'external-imports',
    setup({ onResolve }) {
      if (versions.size === 0) return;
      onResolve({ filter: /^[^./]/ }, ({ path, resolveDir }) => {
        const name = packageOf(path);
        const locked = versions.get(name);
        if (locked === undefined) return undefined;
        const found = installedVersion(name, resolveDir);
        if (found === undefined || found === locked) return { path, external: true };
        const text = `"${name}" is ${found} here, and ${locked} in the lock file, from which the external package comes`;
        return { errors: [{ text }] };
      });
    },
  };
}

/** `@a/b` for `@a/b/c`. */
export function packageOf(path: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path;
}

/** Of the package that Node would find; undefined when it is not installed here. */
function installedVersion(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, 'node_modules', name, 'package.json');
    if (existsSync(file)) return readPackageJson(file).optional('version', (value) => value.text());
    if (folder === dirname(folder)) return undefined;
  }
}
