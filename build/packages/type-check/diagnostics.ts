import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { combineErrors, KitError } from '../../../lib/errors/errors.ts';
import { ProgramError } from '../../host/program.ts';
import { shownPath } from '../definition/shown-path.ts';

/** The type errors in the output of a failed tsc; the failure itself if it reports none. */
export function diagnosticErrors(thrown: unknown, tsconfig: string): unknown {
  if (!(thrown instanceof ProgramError)) return thrown;
  const found = thrown.stdout
    .split('\n')
    .flatMap((line) => diagnostic(line, dirname(tsconfig), tsconfig) ?? []);
  if (found.length === 0) return thrown;
  const errors = found.slice(0, most);
  const more = found.length - errors.length;
  const hint = '--no-check builds without a check of types';
  errors.push(
    new KitError(more > 0 ? `and ${more} more type errors` : failed(tsconfig, found.length), { hint }),
  );
  return combineErrors(errors);
}

const most = 5;

const failed = (tsconfig: string, count: number): string =>
  `Cannot check types with "${shownPath(tsconfig)}": ${count} ${count === 1 ? 'error' : 'errors'}`;

/**
 * tsc prints `src/main.ts(3,7): error TS2322: Type …` with paths relative to its folder, or
 * `error TS18003: …`; explanations follow in lines that are indented.
 */
function diagnostic(line: string, folder: string, tsconfig: string): KitError | undefined {
  const [, place, row, column, code, text] =
    /^(?:(.+)\((\d+),(\d+)\): )?error (TS\d+): (.*?)\.?$/.exec(line) ?? [];
  if (code === undefined) return undefined;
  if (place === undefined)
    return new KitError(`Cannot check types with "${shownPath(tsconfig)}": ${text} (${code})`);
  const file = resolve(folder, place);
  return new KitError(`Cannot compile "${shownPath(file)}": ${text} (${code})`, {
    place: {
      file: shownPath(file),
      line: Number(row),
      column: Number(column),
      text: lineOf(file, Number(row)),
    },
  });
}

function lineOf(file: string, row: number): string {
  try {
    return readFileSync(file, 'utf8').split('\n')[row - 1]?.trimEnd() ?? '';
  } catch {
    // Changed in the meantime: the message is enough.
    return '';
  }
}

/** The files that tsc has read (`--listFiles`). */
export const listedFiles = (output: string): string[] => output.split('\n').filter(isAbsolute);
