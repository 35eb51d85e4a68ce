import { KitError, type SourcePosition } from '../../../lib/errors/errors.ts';
import type { ConfigAnswer } from './answer.ts';
import { placeInConfig, placeOfText, positionOf } from './place.ts';

/** A configuration: its absolute path, its text, its name in messages. */
export interface ConfigFile {
  readonly path: string;
  readonly source: string;
  readonly shown: string;
}

/** What a configuration did instead of exporting a manifest. */
export type ConfigFailure =
  | Exclude<ConfigAnswer, { kind: 'manifest' }>
  | { readonly kind: 'late'; readonly seconds: number }
  /** It was killed because it printed more characters than that. */
  | { readonly kind: 'flood'; readonly limit: number }
  /** It was killed. */
  | { readonly kind: 'silent'; readonly stderr: string };

const example =
  "export default defineManifest({ services: [ … ] }), with defineManifest of '@kitlinux/kit/manifest'";

/** One sentence with the place in the file, where there is one, and a way out. */
export function configError(file: ConfigFile, failure: ConfigFailure, stderr = ''): KitError {
  const fail = (reason: string, hint: string, at?: SourcePosition): KitError =>
    new KitError(`Cannot read "${file.shown}": ${reason}`, { hint, place: at });
  switch (failure.kind) {
    case 'threw':
      return thrownError(file, failure, stderr);
    case 'odd':
      return failure.what === 'undefined'
        ? fail('it has no default export, which is the manifest', example)
        : fail(
            `its default export has to be a manifest, and is ${article(failure.what)}`,
            'a manifest is a map of plain data, a promise of one, or a function that returns one',
            placeInConfig(file.source, file.shown, []),
          );
    case 'unsettled':
      return fail(
        'it waits for a promise that nothing settles',
        'an "await" in it, or in what it imports, never ends',
        placeOfText(file.source, file.shown, 'await'),
      );
    case 'exited':
      return fail('it ended its process before it had exported a manifest', 'throw an error instead');
    case 'late':
      return fail(`it did not end within ${failure.seconds} s`, 'does it wait for something, or loop?');
    case 'flood':
      return fail(`it printed more than ${failure.limit} characters`, 'does it print in a loop?');
    case 'silent':
      return fail('its process was killed', lastLine(failure.stderr) || 'it may have used too much memory');
  }
}

const article = (what: string): string => (/^(?:a |null)/.test(what) ? what : `a ${what}`);

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

function thrownError(
  file: ConfigFile,
  thrown: Extract<ConfigFailure, { kind: 'threw' }>,
  stderr: string,
): KitError {
  const { name, message, stack, code } = thrown;
  const cause = new Error(message);
  cause.stack = stack;
  const first = message.split('\n')[0] ?? '';
  const reason =
    code?.startsWith('ERR_INVALID_TYPESCRIPT') || name === 'SyntaxError' ? 'it is invalid: ' : '';
  const place = placeOf(file, stack) ?? placeOf(file, stderr);
  return new KitError(`Cannot read "${file.shown}": ${reason || 'it failed: '}${first.replace(/\.$/, '')}`, {
    place,
    cause,
    hint: hints[code ?? ''],
  });
}

const hints: Readonly<Record<string, string>> = {
  ERR_MODULE_NOT_FOUND: 'npm install it in the folder of the file, if it is a package',
  ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX:
    'Node removes types and transforms nothing: tsc --erasableSyntaxOnly shows what to change',
};

/**
 * The first position in this file, or in one that is neither Node's, kit's nor a package's, in a stack or in
 * what Node prints of a syntax error: `file:///x.ts:3:9`, or a line with `/x.ts:3` alone.
 */
function placeOf(file: ConfigFile, text: string): SourcePosition | undefined {
  const found = text.matchAll(/(?:^|[\s(])(?:file:\/\/)?(\/[^\n()]*?):(\d+)(?::(\d+))?(?=$|[\s)])/gm);
  const places = [...found].map(([, path = '', line, column]) => ({
    path: decoded(path),
    line: Number(line),
    column: Number(column ?? 1),
  }));
  const own = places.find(({ path }) => path === file.path);
  if (own) return positionOf(file.source, file.shown, own.line, own.column);
  const other = places.find(({ path }) => !path.includes('/node_modules/') && !path.includes('config-main'));
  return other && { file: other.path, line: other.line, column: other.column };
}

/** Paths in URLs are encoded. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
