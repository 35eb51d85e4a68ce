import { relative, resolve } from 'node:path';
import { type BuildOptions, type BuildResult, type OutputFile, build as realBuild } from 'esbuild';

export * from 'esbuild';

/** The environment variable with an absolute folder whose programs are bundled unchanged. */
export const wholeVariable = 'KIT_RECORD_WHOLE';

/**
 * esbuild's `build` with constant content for kit's own programs, whose bytes change with every name and
 * comment. They are still compiled, which keeps the list of inputs, and so the npm packages in the bill of
 * materials.
 */
export async function build(options: BuildOptions): Promise<BuildResult> {
  const result = await realBuild(options);
  if (isWhole(options) || !result.outputFiles) return result;
  return { ...result, outputFiles: result.outputFiles.map(constant) };
}

function isWhole({ entryPoints, absWorkingDir = '.' }: BuildOptions): boolean {
  const [main] = Array.isArray(entryPoints) ? entryPoints : [];
  const folder = process.env[wholeVariable];
  if (typeof main !== 'string' || folder === undefined) throw new Error('unexpected esbuild options');
  return !relative(folder, resolve(absWorkingDir, main)).startsWith('..');
}

function constant({ path }: OutputFile): OutputFile {
  const text = path.endsWith('.map')
    ? '{"version":3,"sources":[],"names":[],"mappings":""}'
    : '// A bundle\n';
  return { path, contents: Buffer.from(text), hash: '', text };
}
