import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { kitRoot } from '../host/paths.ts';
import { runProgram } from '../host/program.ts';
import { exported } from './programs.ts';
import { usedTypes } from './used-types.ts';

/** Writes the declarations of what the package exports into `folder`, by their paths in the checkout. */
export async function writeTypes(folder: string, signal: AbortSignal): Promise<void> {
  const args = ['-p', join(kitRoot, 'build/npm/tsconfig.json'), '--outDir', folder];
  await runProgram(join(kitRoot, 'node_modules/.bin/tsc'), args, { signal, cwd: kitRoot });
  const used = usedTypes(folder, Object.values(exported).map(declarations));
  await rm(folder, { recursive: true });
  for (const [path, text] of used) {
    makeFolder(dirname(join(folder, path)));
    await writeFile(join(folder, path), text);
  }
}

const declarations = (path: string): string => path.replace(/\.ts$/, '.d.ts');
