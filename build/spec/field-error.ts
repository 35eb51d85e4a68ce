import type { Path } from '../manifest/check.ts';

/** What is wrong with one field of an entry; the caller knows in which file the entry stands. */
export class FieldError extends Error {
  override readonly name = 'FieldError';
  /** Below the entry: `['binds', 0]`. */
  readonly path: Path;
  readonly hint: string | undefined;

  constructor(path: Path, message: string, hint?: string) {
    super(message);
    this.path = path;
    this.hint = hint;
  }
}
