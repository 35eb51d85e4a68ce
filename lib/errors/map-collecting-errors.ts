import { combineErrors, KitError, KitErrors } from './errors.ts';

/** Maps items one after another, past failures too, then throws all the KitErrors together. */
export async function mapCollectingErrors<A, B>(
  items: readonly A[],
  work: (item: A, at: number) => B | Promise<B>,
): Promise<B[]> {
  const errors: KitError[] = [];
  const done: B[] = [];
  for (const [at, item] of items.entries()) {
    try {
      done.push(await work(item, at));
    } catch (thrown) {
      if (thrown instanceof KitErrors) errors.push(...thrown.errors);
      else if (thrown instanceof KitError) errors.push(thrown);
      else throw thrown;
    }
  }
  if (errors.length > 0) throw combineErrors(errors);
  return done;
}
