import { KitError } from '../../../lib/errors/errors.ts';

/** `--timeout`, in milliseconds. @throws KitError for what is no number above 0 */
export function millisecondsOf(text: string): number {
  const seconds = Number(text);
  if (Number.isFinite(seconds) && seconds > 0) return seconds * 1000;
  throw new KitError(`Cannot wait "${text}" seconds: want a number above 0`, { exitCode: 2 });
}
