import { readFile } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import type { BuildFailure, BuildOptions, Message } from 'esbuild';
import { KitError } from '../../../lib/errors/errors.ts';
import { kitRoot } from '../../host/paths.ts';
import { shownPath } from '../definition/shown-path.ts';
import { builtins, requireText } from './builtins.ts';
import { dropUnusedCode } from './drop-unused-code.ts';

/** A TypeScript program as one file. */
export interface ProgramBundle {
  /** `main.mjs` and `main.mjs.map`, or what the install path calls them. */
  readonly files: readonly { readonly name: string; readonly content: Uint8Array }[];
  /** Absolute paths of all source files in it. */
  readonly inputs: readonly string[];
}

/**
 * Bundles the program with esbuild into one ES module for Node 26, source map beside it. The bytes depend on
 * the sources alone, not on where they lie. @throws KitError with the first error's place and source line
 * @param name of the package: what its own sources are called in stack traces
 */
export async function bundleService(
  main: string,
  install: string,
  dir: string,
  name: string,
): Promise<ProgramBundle> {
  // Only a package that changed pays for loading it.
  const { build } = await import('esbuild');
  // esbuild writes some paths into the code, relative to this folder: they must be the same wherever the
  // package lies.
  const own = isBelow(dir, main);
  const root = own ? dir : kitRoot;
  const plugins = own ? [builtins] : [builtins, dropUnusedCode];
  const outfile = join(root, basename(install));
  try {
    const result = await build({ ...options, plugins, entryPoints: [main], absWorkingDir: root, outfile });
    const inputs = Object.keys(result.metafile.inputs)
      .filter((path) => !made.test(path))
      .map((path) => resolve(root, path));
    const shown = (source: string): string =>
      made.test(source) ? source.replace(made, '') : sourceName(resolve(root, source), dir, name);
    const outputs = result.outputFiles.toSorted((a, b) => (a.path < b.path ? -1 : 1));
    const files = outputs.map(({ path, contents }) => ({
      name: basename(path),
      content: path.endsWith('.map') ? renameSources(contents, shown) : contents,
    }));
    return { files, inputs };
  } catch (thrown) {
    throw await compileError(thrown, main, root);
  }
}

/** What the plugins make is no file: esbuild puts their namespace before its name. */
const made = /^(builtin|stub):/;

const isBelow = (dir: string, path: string): boolean => !relative(dir, path).startsWith('..');

const options = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node26',
  // With a character beyond Latin 1, V8 takes two bytes for each of the others, and twice the time to
  // compile.
  charset: 'ascii',
  // Names stay: they are what stack traces and people read.
  minifyWhitespace: true,
  minifySyntax: true,
  // An uncaught error makes Node print the whole line it came from.
  lineLimit: 160,
  legalComments: 'none',
  sourcemap: 'linked',
  sourcesContent: false,
  metafile: true,
  write: false,
  logLevel: 'silent',
  // Native addons of ssh2, which does without.
  external: ['*.node', 'cpu-features'],
  // CommonJS dependencies expect these. Unlike `require`, the others may be declared by a program itself.
  banner: { js: requireText },
  define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
  // A tsconfig.json somewhere above must not change the bytes.
  tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true, target: 'es2024' } },
} as const satisfies BuildOptions;

/**
 * `/metadata/main.ts` for the package's own files, `/services/metadata/main.ts` for kit's, which is how
 * traces show them.
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

async function compileError(thrown: unknown, main: string, root: string): Promise<unknown> {
  const first = isBuildFailure(thrown) ? thrown.errors[0] : undefined;
  if (!first) return thrown;
  const { location, text } = first;
  const message = `Cannot compile "${shownPath(main)}": ${text.replace(/\.$/, '')}`;
  if (!location) return new KitError(message, { cause: thrown });
  const file = resolve(root, location.file);
  return new KitError(`${message}\n${await sourceLine(file, location)}`, {
    hint: /^Could not resolve "[^./]/.test(text) ? 'npm install it in the folder of the package' : undefined,
    place: { file: shownPath(file), line: location.line, column: location.column + 1 },
    cause: thrown,
  });
}

function isBuildFailure(thrown: unknown): thrown is BuildFailure {
  return thrown instanceof Error && 'errors' in thrown && Array.isArray(thrown.errors);
}

/** The line with a mark below the column, tabs kept so that the mark stands right. */
async function sourceLine(
  file: string,
  { line, column, lineText }: NonNullable<Message['location']>,
): Promise<string> {
  const text = lineText || ((await readFile(file, 'utf8').catch(() => '')).split('\n')[line - 1] ?? '');
  return `  ${text}\n  ${text.slice(0, column).replace(/[^\t]/g, ' ')}^`;
}
