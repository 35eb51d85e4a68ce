import { KitError, type SourcePosition } from '../../../lib/errors/errors.ts';

/**
 * Runs `work`; errors that know no place of their own get that of build.yml.
 * @param signal its reason is passed on as it is
 */
export async function atPlace<T>(
  place: SourcePosition | undefined,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof KitError) || thrown.place || signal.aborted) throw thrown;
    const { message, hint, exitCode, cause } = thrown;
    throw new KitError(message, { hint, exitCode, cause, place });
  }
}
