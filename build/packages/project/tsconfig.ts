import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import JSON5 from 'json5';
import { codeOf, KitError, reasonOf, type SourcePosition } from '../../../lib/errors/errors.ts';
import { shownPath } from '../definition/shown-path.ts';
import { foldersAbove } from './places.ts';

/** The settings of a tsconfig.json that kit reads itself; esbuild reads the others. */
export interface Tsconfig {
  readonly file: string;
  /** The file and those that it extends. */
  readonly chain: readonly string[];
  readonly experimentalDecorators: boolean;
  readonly emitDecoratorMetadata: boolean;
}

/** Which tsconfig.json applies to the files of a folder. */
export interface NearestTsconfig {
  readonly file: string | undefined;
  /** Paths that were looked at; a file that appears at one of them changes the answer. */
  readonly candidates: readonly string[];
}

/** The nearest tsconfig.json at or above a folder, up to `top`: the one that tsc and esbuild use. */
export function nearestTsconfig(folder: string, top?: string): NearestTsconfig {
  const candidates: string[] = [];
  for (const above of foldersAbove(folder, top)) {
    const file = join(above, 'tsconfig.json');
    candidates.push(file);
    if (existsSync(file)) return { file, candidates };
  }
  return { file: undefined, candidates };
}

/** Reads a tsconfig.json and all that it extends. @throws KitError for a missing, circular or invalid one */
export function readTsconfig(file: string): Tsconfig {
  const chain = new Set<string>();
  const options = optionsOf(file, [], chain, undefined);
  return {
    file,
    chain: [...chain],
    experimentalDecorators: options.experimentalDecorators === true,
    emitDecoratorMetadata: options.emitDecoratorMetadata === true,
  };
}

function optionsOf(
  file: string,
  above: readonly string[],
  chain: Set<string>,
  place: SourcePosition | undefined,
): Readonly<Record<string, unknown>> {
  if (above.includes(file)) {
    const circle = [...above.slice(above.indexOf(file)), file].map((one) => `"${shownPath(one)}"`);
    throw new KitError(`Cannot read "${shownPath(file)}": it extends itself: ${circle.join(' -> ')}`, {
      place,
      hint: 'remove one "extends" of the circle',
    });
  }
  chain.add(file);
  const { extends: bases = [], compilerOptions } = parse(file);
  const inherited = [bases].flat().map((base) => {
    if (typeof base !== 'string') throw invalid(file, '"extends" must be a path');
    const at = placeOf(base, file);
    return optionsOf(findBase(base, file, at), [...above, file], chain, at);
  });
  return Object.assign({}, ...inherited, compilerOptions);
}

function parse(file: string): { readonly extends?: unknown; readonly compilerOptions?: object } {
  let value: unknown;
  try {
    // Comments and trailing commas are allowed.
    value = JSON5.parse(readFileSync(file, 'utf8') || '{}');
  } catch (thrown) {
    if (codeOf(thrown) !== undefined) throw thrown;
    throw invalid(file, reasonOf(thrown).replace(/^JSON5: /, ''), positionOf(thrown));
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw invalid(file, 'it must be an object');
}

function positionOf(thrown: unknown): { line: number; column: number } | undefined {
  const { lineNumber, columnNumber } = thrown as { lineNumber?: number; columnNumber?: number };
  return lineNumber === undefined ? undefined : { line: lineNumber, column: columnNumber ?? 1 };
}

/** Where a file names what it extends. */
function placeOf(base: string, file: string): SourcePosition {
  const lines = readFileSync(file, 'utf8').split('\n');
  const line = lines.findIndex((text) => text.includes(base));
  return { file: shownPath(file), line: line + 1 || 1, column: (lines[line]?.indexOf(base) ?? 1) || 1 };
}

/** As tsc finds it: a path, with or without `.json`; or a package, whose file may be called tsconfig.json. */
function findBase(base: string, file: string, place: SourcePosition): string {
  const names = [base, `${base}.json`, join(base, 'tsconfig.json')];
  const isPath = isAbsolute(base) || /^\.\.?(?:\/|$)/.test(base);
  const folders = isPath
    ? [dirname(file)]
    : foldersAbove(dirname(file)).map((folder) => join(folder, 'node_modules'));
  const paths = folders.flatMap((folder) => names.map((name) => resolve(folder, name)));
  const found = paths.find(isFile) ?? (isPath ? undefined : exported(base, file));
  if (found !== undefined) return found;
  throw new KitError(`Cannot read "${shownPath(file)}": it extends "${base}", which is not there`, {
    place,
    hint: isPath ? undefined : 'npm install it in the folder of the package',
  });
}

/** A package may give its tsconfig files other names (`exports`). */
function exported(base: string, file: string): string | undefined {
  try {
    return createRequire(file).resolve(base);
  } catch {
    // Not exported either.
    return undefined;
  }
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

function invalid(file: string, reason: string, at?: { line: number; column: number }): KitError {
  return new KitError(`Cannot read "${shownPath(file)}": ${reason}`, {
    place: at && { file: shownPath(file), ...at },
  });
}
