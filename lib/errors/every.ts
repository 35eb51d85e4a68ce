import { KitError, KitErrors, together } from './errors.ts';

/** Does the work for every item in turn, also past one that fails; then throws everything that went wrong, together. */
export async function every<A, B>(
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
  if (errors.length > 0) throw together(errors);
  return done;
}
