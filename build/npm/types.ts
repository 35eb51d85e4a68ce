import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { kitRoot } from '../host/paths.ts';
import { runProgram } from '../host/program.ts';
import { exported } from './programs.ts';

/** Writes the declarations of what the package exports into `folder`, by their paths in the checkout. */
export async function writeTypes(folder: string, signal: AbortSignal): Promise<void> {
  const args = ['-p', join(kitRoot, 'build/npm/tsconfig.json'), '--outDir', folder];
  await runProgram(join(kitRoot, 'node_modules/.bin/tsc'), args, { signal, cwd: kitRoot });
  const wanted = reachable(folder);
  for (const path of readdirSync(folder, { recursive: true }) as string[]) {
    // tsc writes those of every file that it has read.
    if (path.endsWith('.d.ts') && !wanted.has(path)) await rm(join(folder, path));
  }
}

/** The declarations that those of `exported` import, and so on. */
function reachable(folder: string): Set<string> {
  const found = new Set(Object.values(exported).map(declarations));
  for (const path of found) {
    const text = readFileSync(join(folder, path), 'utf8');
    for (const [, to = ''] of text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g))
      found.add(declarations(normalize(join(dirname(path), to))));
  }
  return found;
}

const declarations = (path: string): string => path.replace(/\.[jt]s$/, '.d.ts');
