import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { readLimited } from '../../lib/files/read-limited.ts';

interface SavedKind<T> {
  /** What the file should be, as a hint: `what kit size --json has printed`. */
  readonly expected: string;
  /** Bytes, more than it ever has. */
  readonly limit: number;
  readonly is: (value: unknown) => value is T;
}

/**
 * What a command has printed with --json, from a file, to compare with.
 * @throws KitError for anything else
 */
export function savedJson<T>(path: string, { expected, limit, is }: SavedKind<T>): T {
  const wrong = (why: string, cause?: unknown): KitError =>
    new KitError(`Cannot compare with "${path}": ${why}`, { hint: `it should be ${expected}`, cause });
  const value = parsed(readLimited(path, limit, wrong), wrong);
  if (!is(value)) throw wrong('it is JSON of another kind');
  return value;
}

function parsed(bytes: Buffer, wrong: (why: string, cause: unknown) => KitError): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch (thrown) {
    throw wrong(reasonOf(thrown), thrown);
  }
}
