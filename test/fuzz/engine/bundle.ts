import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { kitRoot } from '../../../build/host/paths.ts';

/** Where a target is exported. */
export interface TargetSource {
  /** `test/fuzz/targets/registry.ts`, relative to the checkout. */
  readonly file: string;
  readonly exported: string;
}

/**
 * Bundles a target into `target.mjs` in the folder: Jazzer.js instruments JavaScript, and this one file is
 * all that it instruments: the parser with what it imports of kit, and `yaml`.
 */
export async function bundleTarget({ file, exported }: TargetSource, folder: string): Promise<void> {
  const contents = `import { ${exported} as target } from ${JSON.stringify(`./${file}`)};
export const fuzz = (bytes) => target.run(bytes);
`;
  await build({
    stdin: { contents, resolveDir: kitRoot, sourcefile: 'fuzz.ts', loader: 'ts' },
    outfile: join(folder, 'target.mjs'),
    ...{ bundle: true, format: 'esm', platform: 'node', target: 'node26', logLevel: 'silent' },
    keepNames: true,
    banner: { js: commonJs },
    external: uninstrumented,
    // ssh2 does without its addon.
    loader: { '.node': 'empty' },
  });
  const modules = join(folder, 'node_modules');
  if (!existsSync(modules)) symlinkSync(join(kitRoot, 'node_modules'), modules);
}

/** Packages that are no parsers of interest, and ones that need files of their own. */
const uninstrumented = [
  '@grpc/grpc-js',
  'cpu-features',
  'execa',
  'esbuild',
  'fast-check',
  'openpgp',
  'xz-decompress',
];

/**
 * For packages of CommonJS, which esbuild puts into the module: global, since the module may use the names.
 */
const commonJs = `import { createRequire as requireOfBundle } from 'node:module';
Object.assign(globalThis, {
  require: requireOfBundle(import.meta.url),
  __dirname: import.meta.dirname,
  __filename: import.meta.filename,
});`;
