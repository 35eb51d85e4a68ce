import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { KitError } from '../../lib/errors/errors.ts';
import { corpusOf } from './corpus.ts';
import { folder } from './in-file.ts';
import { inputsOf } from './inputs.ts';
import { attempt } from './target.ts';
import { targets } from './targets.ts';

/**
 * A library that finds its input odd must not print that to a user's terminal, or to the log of a machine.
 */
const warnings: string[] = [];
process.on('warning', ({ name, message }) => {
  if (name !== 'ExperimentalWarning') warnings.push(message);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  expect(warnings).toEqual([]);
});

describe.each(targets)('$name', ({ name, target }) => {
  test('its seeds, and the inputs that fuzzing found', async () => {
    for (const bytes of [...(await target.seeds()), ...corpusOf(name)]) await target.run(bytes);
  });

  test('generated inputs', async () => {
    const inputs = await inputsOf(target);
    await fc.assert(
      fc.asyncProperty(inputs, async (bytes) => target.run(bytes)),
      { numRuns: 150 },
    );
  });
});

test('names are unique', () => {
  const names = targets.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});

test('an error that a parser does not declare is a finding', () => {
  const fail = (error: Error) => () => {
    throw error;
  };
  expect(attempt(fail(new KitError('Cannot read "x": why')))).toBeUndefined();
  expect(() => attempt(fail(new TypeError('not iterable')))).toThrow('not iterable');
  expect(() => attempt(fail(new KitError('why')), RangeError)).toThrow('why');
  expect(attempt(fail(new RangeError('why')), RangeError)).toBeUndefined();
});
