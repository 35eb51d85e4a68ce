/** Where in a file a person has to look: 1-based line and column. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The line itself, shown under the message with a mark at the column. */
  readonly text?: string;
}

export interface KitErrorOptions {
  /** The way out, shown in parentheses on the next line. */
  readonly hint?: string | undefined;
  readonly place?: SourcePosition | undefined;
  readonly cause?: unknown;
  /** 1: the work failed; 2: the command was used wrongly. */
  readonly exitCode?: 1 | 2;
}

/**
 * An error meant for a person. The message is one sentence without a final period: the action, the quoted
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

/** What to throw for these errors, of which there is at least one: itself, when it is the only one. */
export function combineErrors(errors: readonly KitError[]): KitError | KitErrors {
  const [first, second] = errors;
  return first && !second ? first : new KitErrors(errors);
}

/** The one-line reason inside anything that was thrown. */
export function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  return thrown.message || thrown.name;
}

/** The `code` of a Node system error (`ENOENT`), or undefined. */
export function codeOf(thrown: unknown): string | undefined {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
