import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { foldersAbove } from '../project/places.ts';

/** A project's TypeScript. */
export interface Compiler {
  /** `node_modules/typescript/bin/tsc` */
  readonly program: string;
  readonly tsconfig: string;
  readonly root: string;
}

/** Looks for TypeScript from the folder of tsconfig.json up to the project's. */
export function findCompiler(
  tsconfig: string,
  root: string,
): { readonly compiler: Compiler | undefined; readonly looked: readonly string[] } {
  const programs = foldersAbove(dirname(tsconfig), root).map((folder) =>
    join(folder, 'node_modules/typescript/bin/tsc'),
  );
  const program = programs.find((path) => existsSync(path));
  const compiler = program === undefined ? undefined : { program, tsconfig, root };
  return { compiler, looked: programs };
}
