import { readFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import type { PartialMessage, Plugin } from 'esbuild';
import { hasDecorators, withMetadata } from '../decorators.ts';
import type { LoaderName } from '../loader-names.ts';
import { isDependency } from '../places.ts';
import { nearestTsconfig, readTsconfig } from '../tsconfig.ts';
import { type Analysis, analyse } from './analyse.ts';
import type { Mistake, Surroundings } from './judgement.ts';
import { isTypeScript } from './target.ts';

/** What the files of a bundle refer to. */
export interface References {
  readonly programs: Set<string>;
  readonly doubts: Map<string, number>;
  /** The first language other than English that a file asks for, by its path. */
  readonly locales: Map<string, Analysis['locales'][number]>;
  /** Takes a file or folder along, and returns the paths of its files. */
  take(path: string): readonly string[];
}

export interface SourceOptions {
  readonly hasTsconfig: boolean;
  /** By the ending of the file. */
  readonly loaders: Readonly<Record<string, LoaderName>>;
}

/**
 * Finds the workers and files that sources refer to, and makes the references those of the image; compiles
 * decorators that need types. @param main absolute path of the bundle's main module
 */
export function references(
  main: string,
  around: Surroundings,
  found: References,
  { hasTsconfig, loaders }: SourceOptions,
): Plugin {
  return {
    name: 'references',
    setup({ onLoad }) {
      onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: 'file' }, async ({ path }) => {
        const loader = loaders[extname(path)] ?? loaderOf(path);
        // A program that is imported as data stays as it is.
        if (!isCode(loader)) return undefined;
        const text = await readFile(path, 'utf8');
        const analysis = await analyse(path, text, path === main, around);
        const errors = analysis ? keep(path, text, analysis, found) : [];
        if (errors.length > 0) return { errors };
        const needsTypes = hasTsconfig && hasDecorators(text) && isTypeScript(path) && emitsMetadata(path);
        if (!analysis && !needsTypes) return undefined;
        const changed = analysis?.text ?? text;
        return { contents: needsTypes ? await withMetadata(path, changed) : changed, loader };
      });
    },
  };
}

function keep(path: string, text: string, analysis: Analysis, found: References): PartialMessage[] {
  for (const program of analysis.programs) found.programs.add(program);
  const [line] = analysis.doubtfulLines;
  if (line !== undefined) found.doubts.set(path, line);
  const [locale] = analysis.locales;
  if (locale) found.locales.set(path, locale);
  const folders = analysis.taken.map((taken) => ({ taken, files: found.take(taken) }));
  const unbundled = isDependency(path) ? [] : folders.flatMap(({ files }) => files.filter(isTypeScript));
  const [first] = unbundled;
  const mistakes = [...analysis.mistakes];
  if (first !== undefined) mistakes.push(typeScriptFolder(first));
  return mistakes.map((mistake) => message(path, text, mistake));
}

/** Copied into the image, it would find none of its dependencies. */
function typeScriptFolder(file: string): Mistake {
  return {
    offset: 0,
    text: `the program loads a folder of programs, of which "${file}" would not be bundled`,
    hint: 'import them by name; or list the folder in "assets:" of build.yml if they are data',
  };
}

function message(file: string, text: string, { offset, text: reason, hint }: Mistake): PartialMessage {
  const before = text.slice(0, offset);
  const column = offset - before.lastIndexOf('\n') - 1;
  const lineText = text.slice(offset - column).split('\n', 1)[0] ?? '';
  const line = before.split('\n').length;
  return { text: reason, location: { file, line, column, lineText }, detail: { hint } };
}

function emitsMetadata(path: string): boolean {
  if (isDependency(path)) return false;
  const { file } = nearestTsconfig(dirname(path));
  const tsconfig = file === undefined ? undefined : readTsconfig(file);
  return tsconfig?.experimentalDecorators === true && tsconfig.emitDecoratorMetadata;
}

type CodeLoader = 'js' | 'jsx' | 'ts' | 'tsx';

const isCode = (loader: LoaderName): loader is CodeLoader => /^[jt]sx?$/.test(loader);

function loaderOf(path: string): CodeLoader {
  if (path.endsWith('.tsx')) return 'tsx';
  if (path.endsWith('.jsx')) return 'jsx';
  return /\.[cm]?ts$/.test(path) ? 'ts' : 'js';
}
