import { KitError } from '../../../../lib/errors/errors.ts';
import { isDependency } from '../places.ts';
import { judge } from './judge.ts';
import type { Edit, Judgement, Surroundings } from './judgement.ts';
import { usesLocales, type WantedLocale, wantedLocales } from './locales.ts';
import type { Node } from './nodes.ts';
import { scan } from './scan.ts';

/** A file with its references to other files resolved. */
export interface Analysis extends Pick<Judgement, 'programs' | 'taken' | 'mistakes'> {
  /** The new text; its lines are those of the file. */
  readonly text: string;
  /** Lines with a computed path, of a dependency. */
  readonly doubtfulLines: readonly number[];
  /** Languages other than English that it asks for, with their lines. */
  readonly locales: readonly (Pick<WantedLocale, 'tag'> & { readonly line: number })[];
}

/**
 * Finds what the text of a program says about files beside it, and the languages that it asks for.
 * Undefined when it says nothing, or is no valid program: then esbuild reports that.
 */
export async function analyse(
  file: string,
  text: string,
  isMain: boolean,
  around: Surroundings,
): Promise<Analysis | undefined> {
  const refers = (isDependency(file) ? inDependencies : inOwnCode).test(text);
  if (!refers && !usesLocales.test(text)) return undefined;
  const program = await syntaxTree(file, text);
  if (!program) return undefined;
  const { edits, doubts, ...found } = refers ? judge(file, scan(file, program), isMain, around) : nothing;
  const doubtfulLines = [...new Set(doubts.map((offset) => lineOf(text, offset)))];
  const locales = wantedLocales(file, program).map(({ tag, offset }) => ({
    tag,
    line: lineOf(text, offset),
  }));
  return { ...found, text: edited(text, edits), doubtfulLines, locales };
}

const nothing: Judgement = { edits: [], programs: [], taken: [], mistakes: [], doubts: [] };

/** Most files have none of these words, and need not be parsed. */
const inDependencies = /\b(?:__dirname|__filename|import\.meta|createRequire|require\.resolve)\b/;
const inOwnCode = /\b(?:__dirname|__filename|import\.meta|createRequire|require|target)\b|\bimport\s*\(/;

async function syntaxTree(file: string, text: string): Promise<Node | undefined> {
  const { parse } = await import('oxc-parser');
  const lang = languageOf(file);
  const tree = async (sourceType: 'module' | 'commonjs'): Promise<Node | undefined> => {
    const { program, errors } = await parse(file, text, { lang, sourceType });
    return errors.length > 0 ? undefined : (program as unknown as Node);
  };
  // Old CommonJS modules may be no valid strict code.
  return (await tree('module')) ?? (lang === 'jsx' ? tree('commonjs') : undefined);
}

/** JavaScript may have JSX when esbuild is told so (`loaders:`). */
function languageOf(file: string): 'ts' | 'tsx' | 'jsx' {
  if (/\.[cm]?ts$/.test(file)) return 'ts';
  return file.endsWith('.tsx') ? 'tsx' : 'jsx';
}

/** Keeps the number of lines, so that the positions in stack traces stay valid. */
function edited(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: replacement } of edits.toSorted((a, b) => a.start - b.start)) {
    if (start < at) throw new KitError('Cannot change a program: two changes overlap');
    const lines = text.slice(start, end).split('\n').length - 1;
    result += text.slice(at, start) + replacement + '\n'.repeat(lines);
    at = end;
  }
  return result + text.slice(at);
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
