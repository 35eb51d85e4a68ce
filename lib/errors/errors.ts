/** A position in a source file; line and column start at 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The text of the line, shown under the message with a mark at the column. */
  readonly text?: string;
}

export interface KitErrorOptions {
  /** A way out for the user, shown in parentheses on the next line. */
  readonly hint?: string | undefined;
  readonly place?: SourcePosition | undefined;
  readonly cause?: unknown;
  /** 1: the work failed; 2: the command was used wrongly. */
  readonly exitCode?: 1 | 2;
}

/**
 * An error to be shown to users. The message is one sentence without a final period: the action, the quoted
 * value, a colon, the reason (`Cannot read "x.yml": no such file`).
 */
export class KitError extends Error {
  override readonly name = 'KitError';
  readonly hint: string | undefined;
  readonly place: SourcePosition | undefined;
  readonly exitCode: 1 | 2;

  constructor(message: string, options: KitErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint;
    this.place = options.place;
    this.exitCode = options.exitCode ?? 1;
  }
}

/** Several errors of one input, shown together, in order. */
export class KitErrors extends Error {
  override readonly name = 'KitErrors';
  readonly errors: readonly KitError[];

  constructor(errors: readonly KitError[]) {
    super(errors.map((error) => error.message).join('\n'));
    this.errors = errors;
  }
}

/** One error to throw for a list of at least one: a single error is returned unchanged. */
export function combineErrors(errors: readonly KitError[]): KitError | KitErrors {
  const [first, second] = errors;
  return first && !second ? first : new KitErrors(errors);
}

/** The message of anything that was thrown. */
export function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.message || thrown.name;
}

/** The `code` of a Node system error (`ENOENT`), or undefined. */
export function codeOf(thrown: unknown): string | undefined {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
