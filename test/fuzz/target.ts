import type fc from 'fast-check';
import { KitError, KitErrors } from '../../lib/errors/errors.ts';
import { renderError } from '../../lib/errors/render.ts';

/**
 * A parser of bytes that kit does not write itself. The unit tests (targets.test.ts) and `npm run fuzz` both
 * take it from here. Every field that computes something is a function, so that a bundle of one target has
 * nothing of the others.
 */
export interface Target {
  /** The functions under test, by file and name: `build/registry/challenge.ts#readChallenge`. */
  readonly reads: readonly string[];
  /** Valid inputs, and ones that were a finding once. */
  readonly seeds: () => readonly Buffer[] | Promise<readonly Buffer[]>;
  /** Keywords of the format; inputs are made of them too. */
  readonly words?: readonly string[];
  /** Inputs that only a generator of their own reaches, such as ones with checksums. */
  readonly inputs?: () => fc.Arbitrary<Buffer>;
  /** Of an input; default 4096. */
  readonly maxBytes?: number;
  /** Parses the bytes. @throws anything that is a finding */
  readonly run: (bytes: Buffer) => void | Promise<void>;
}

type Declared = abstract new (...args: never[]) => Error;

/**
 * The result of a parser; undefined when it refuses the input with an error that it declares. Without
 * `declared` that is a KitError, whose text must be safe to print. Anything else that it throws is a finding.
 */
export function attempt<T>(parse: () => T, ...declared: readonly Declared[]): T | undefined {
  try {
    return parse();
  } catch (thrown) {
    checkRefusal(thrown, declared);
    return undefined;
  }
}

/** `attempt` for a parser that is asynchronous. */
export async function attemptLater<T>(
  parse: () => Promise<T>,
  ...declared: readonly Declared[]
): Promise<T | undefined> {
  try {
    return await parse();
  } catch (thrown) {
    checkRefusal(thrown, declared);
    return undefined;
  }
}

/** Everything that a reader yields. */
export const attemptAll = <T>(
  read: () => AsyncIterable<T>,
  ...declared: readonly Declared[]
): Promise<T[] | undefined> => attemptLater(() => Array.fromAsync(read()), ...declared);

/** For properties of what was parsed. */
export function check(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`It does not hold: ${what}`);
}

export const texts = (...all: readonly string[]): Buffer[] => all.map((text) => Buffer.from(text));

function checkRefusal(thrown: unknown, declared: readonly Declared[]): void {
  if (declared.length > 0) {
    if (!declared.some((type) => thrown instanceof type)) throw thrown;
    return;
  }
  if (!(thrown instanceof KitError || thrown instanceof KitErrors)) throw thrown;
  const text = renderError(thrown);
  if (unprintable.test(text))
    throw new Error(`It does not hold: an error is safe to print: ${JSON.stringify(text)}`);
}

/** Control characters besides tab and newline, and marks of direction. */
const unprintable = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;
