import { readFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import type { BuildFailure, BuildOptions, Message } from 'esbuild';
import { KitError } from '../../../lib/errors/errors.ts';
import { kitRoot } from '../../host/paths.ts';
import { shownPath } from '../definition/shown-path.ts';
import { builtins, requireText } from './builtins.ts';
import { dropUnusedCode } from './drop-unused-code.ts';
import { isPrebuilt, readPrebuilt } from './prebuilt.ts';
import type { ProgramBundle } from './program-bundle.ts';

export type { BundledFile, ProgramBundle } from './program-bundle.ts';

/**
 * Bundles the program with esbuild into one ES module for Node 26 with a source map. The bytes depend on the
 * sources alone, not on their folder. @throws KitError with the first error's place and source line
 * @param name of the package: prefix of its own sources in stack traces
 */
export async function bundleService(
  main: string,
  install: string,
  dir: string,
  name: string,
): Promise<ProgramBundle> {
  if (isPrebuilt(main)) return readPrebuilt(main, install);
  // Loaded late: only packages that have changed need it.
  const { build } = await import('esbuild');
  // esbuild writes paths relative to this folder into the code: they must not depend on where the package is.
  const own = isBelow(dir, main);
  const root = own ? dir : kitRoot;
  const plugins = own ? [builtins] : [builtins, dropUnusedCode];
  const outfile = join(root, basename(install));
  try {
    const result = await build({
      ...programOptions,
      plugins,
      entryPoints: [main],
      absWorkingDir: root,
      outfile,
    });
    const inputs = Object.keys(result.metafile.inputs)
      .filter((path) => !virtual.test(path))
      .map((path) => resolve(root, path));
    const shown = (source: string): string =>
      virtual.test(source) ? source.replace(virtual, '') : sourceName(resolve(root, source), dir, name);
    const outputs = result.outputFiles.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    const files = outputs.map(({ path, contents }) => ({
      name: basename(path),
      content: path.endsWith('.map') ? renameSources(contents, shown) : contents,
    }));
    return { files, inputs };
  } catch (thrown) {
    if (!isBuildFailure(thrown)) throw thrown;
    throw await compileError(thrown.errors, main, root);
  }
}

/** Modules that plugins make are no files: esbuild puts their namespace before their names. */
export const virtual = /^(builtin|stub|decorators):/;

const isBelow = (dir: string, path: string): boolean => !relative(dir, path).startsWith('..');

/** How esbuild makes one program of many files, for kit's programs and those of others. */
export const programOptions = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node26',
  // A character beyond Latin-1 makes V8 store two bytes for each character, and doubles the time to compile.
  charset: 'ascii',
  // Identifiers are kept: stack traces show them.
  minifyWhitespace: true,
  minifySyntax: true,
  // For an uncaught error, Node prints the whole source line.
  lineLimit: 160,
  legalComments: 'none',
  sourcemap: 'linked',
  sourcesContent: false,
  metafile: true,
  write: false,
  logLevel: 'silent',
  // Optional native addons of ssh2.
  external: ['*.node', 'cpu-features'],
  // For CommonJS dependencies. Unlike `require`, the others may be declared by the program itself.
  banner: { js: requireText },
  define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
  // A tsconfig.json in a parent folder must not change the bytes.
  tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true, target: 'es2024' } },
} as const satisfies BuildOptions;

/**
 * Paths in stack traces: `/metadata/main.ts` for the package's own files, `/services/metadata/main.ts` for
 * kit's.
 */
function sourceName(path: string, dir: string, name: string): string {
  if (isBelow(dir, path)) return `/${name}/${relative(dir, path)}`;
  if (isBelow(kitRoot, path)) return `/${relative(kitRoot, path)}`;
  return `/${relative(dir, path).replace(/^(\.\.\/)+/, '')}`;
}

function renameSources(map: Uint8Array, shown: (source: string) => string): Uint8Array {
  const json = JSON.parse(Buffer.from(map).toString('utf8')) as { sources: string[] };
  return Buffer.from(JSON.stringify({ ...json, sources: json.sources.map(shown) }));
}

/** The first of esbuild's errors, with its place, its source line and a way out. */
export async function compileError(
  [first]: readonly Message[],
  main: string,
  root: string,
): Promise<KitError> {
  const message = `Cannot compile "${shownPath(main)}": ${(first?.text ?? 'esbuild failed').replace(/\.$/, '')}`;
  const hint = first && hintFor(first);
  if (!first?.location) return new KitError(message, { hint });
  const file = resolve(root, first.location.file);
  const { line, column } = first.location;
  return new KitError(`${message}\n${await sourceLine(file, first.location)}`, {
    hint,
    place: { file: shownPath(file), line, column: column + 1 },
  });
}

/** That of one of kit's plugins, or one for an error of esbuild. */
function hintFor({ text, notes, detail }: Message): string | undefined {
  const { hint } = (detail ?? {}) as { readonly hint?: string };
  if (hint !== undefined) return hint;
  const [, name] = /^Could not resolve "([^./][^"]*)"/.exec(text) ?? [];
  if (name === undefined) return undefined;
  const isUnbuilt = notes.some((note) => note.text.includes('was not found on the file system'));
  if (isUnbuilt) return `build "${name}" first: its package.json names a file that is not there`;
  return 'npm install it in the folder of the package';
}

export function isBuildFailure(thrown: unknown): thrown is BuildFailure {
  return thrown instanceof Error && 'errors' in thrown && Array.isArray(thrown.errors);
}

/** The line, and a caret below the column; tabs are kept so that the caret is in the right place. */
async function sourceLine(
  file: string,
  { line, column, lineText }: NonNullable<Message['location']>,
): Promise<string> {
  const text = lineText || ((await readFile(file, 'utf8').catch(() => '')).split('\n')[line - 1] ?? '');
  return `  ${text}\n  ${text.slice(0, column).replace(/[^\t]/g, ' ')}^`;
}
