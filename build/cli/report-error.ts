import { KitError, KitErrors, reasonOf } from '../../lib/errors/errors.ts';
import { renderError } from '../../lib/errors/render.ts';
import { fromSystemError } from '../../lib/errors/system.ts';
import { jsonLine } from '../../lib/errors/visible.ts';
import { hasColour } from '../host/colour.ts';
import type { Context } from '../host/context.ts';

/** How to show an error: what the flags of the command say. */
export interface ErrorStyle {
  /** With stack traces. */
  debug?: boolean;
  /** As JSON on standard output, too. */
  json?: boolean;
}

/** Reports an error to the user. Returns the exit status. */
export function reportError(
  thrown: unknown,
  { debug = false, json = false }: ErrorStyle,
  { stdout, stderr, env }: Pick<Context, 'stdout' | 'stderr' | 'env'>,
): number {
  if (json) stdout.write(jsonLine({ error: errorData(thrown) }));
  const columns = stderr.isTTY ? (stderr.columns ?? 80) : undefined;
  stderr.write(`${renderError(thrown, { trace: debug, colour: hasColour(stderr, env), columns })}\n`);
  const [first] = kitErrors(thrown);
  return first?.exitCode ?? 1;
}

/** One error in the JSON of a command that failed. */
interface ErrorData {
  readonly message: string;
  readonly place: { readonly file: string; readonly line: number; readonly column: number } | null;
  readonly hint: string | null;
}

/** The first error, and the others of the same input in `others`. */
function errorData(thrown: unknown): ErrorData & { readonly others: readonly ErrorData[] } {
  const [first = unexpected(thrown), ...others] = kitErrors(thrown).map(dataOf);
  return { ...first, others };
}

function kitErrors(thrown: unknown): readonly KitError[] {
  if (thrown instanceof KitErrors) return thrown.errors;
  const known = thrown instanceof KitError ? thrown : fromSystemError(thrown);
  return known ? [known] : [];
}

function dataOf({ message, place, hint: way }: KitError): ErrorData {
  const hint = way ?? null;
  const { file = '', line = 0, column = 0 } = place ?? {};
  return { message, place: place ? { file, line, column } : null, hint };
}

const unexpected = (thrown: unknown): ErrorData => ({
  message: `Unexpected failure, which is a bug in kit: ${reasonOf(thrown)}`,
  place: null,
  hint: null,
});
