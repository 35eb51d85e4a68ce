import { KitError } from '../../lib/errors/errors.ts';
import type { KeyPath } from '../manifest/check.ts';
import type { ManifestOrigin } from '../manifest/types.ts';

/** An invalid field of an entry. The caller, which knows the file, turns it into a KitError. */
export class FieldError extends Error {
  override readonly name = 'FieldError';
  /** Relative to the entry: `['binds', 0]`. */
  readonly path: KeyPath;
  readonly hint: string | undefined;

  constructor(path: KeyPath, message: string, hint?: string) {
    super(message);
    this.path = path;
    this.hint = hint;
  }
}

/** All invalid fields of an entry. */
export class FieldErrors extends Error {
  override readonly name = 'FieldErrors';
  readonly errors: readonly FieldError[];

  constructor(errors: readonly FieldError[]) {
    super(errors.map(({ message }) => message).join('\n'));
    this.errors = errors;
  }
}

/**
 * Makes every part, even if an earlier one fails, so that all errors are reported together.
 * @throws FieldErrors
 */
export function everyPart<P extends Readonly<Record<string, () => unknown>>>(
  parts: P,
): { readonly [K in keyof P]: ReturnType<P[K]> } {
  const made = everyItem(Object.entries(parts), ([key, make]) => [key, make()] as const);
  return Object.fromEntries(made) as { readonly [K in keyof P]: ReturnType<P[K]> };
}

/** The same for the items of a list. @throws FieldErrors */
export function everyItem<A, B>(items: readonly A[], make: (item: A, at: number) => B): B[] {
  const errors: FieldError[] = [];
  const made = items.flatMap((item, at) => {
    try {
      return [make(item, at)];
    } catch (thrown) {
      errors.push(...fieldErrors(thrown));
      return [];
    }
  });
  if (errors.length > 0) throw new FieldErrors(errors);
  return made;
}

/** The field errors in a thrown value; rethrows anything else. */
export function fieldErrors(thrown: unknown): readonly FieldError[] {
  if (thrown instanceof FieldError) return [thrown];
  if (thrown instanceof FieldErrors) return thrown.errors;
  throw thrown;
}

/** The error with the place of its field in the manifest. */
export function fieldKitError(error: FieldError, { place }: ManifestOrigin): KitError {
  return new KitError(error.message, { place: place(error.path), hint: error.hint, cause: error });
}
