import { KitError, KitErrors } from '../../../lib/errors/errors.ts';

/**
 * Returns the result of `make`, or undefined with its KitErrors added to `errors`, so that all mistakes of a
 * manifest are reported at once. Other errors pass through.
 */
export function attempt<T>(make: () => T, errors: KitError[]): T | undefined {
  try {
    return make();
  } catch (thrown) {
    if (thrown instanceof KitErrors) errors.push(...thrown.errors);
    else if (thrown instanceof KitError) errors.push(thrown);
    else throw thrown;
    return undefined;
  }
}
