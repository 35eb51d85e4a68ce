import { expect, test } from 'vitest';
import { KitError, KitErrors } from './errors.ts';
import { mapCollectingErrors } from './map-collecting-errors.ts';

const odd = async (n: number): Promise<number> => {
  if (n === 0) throw new TypeError('unexpected');
  if (n === 7) throw new KitErrors([new KitError('7a'), new KitError('7b')]);
  if (n % 2 === 0) throw new KitError(`${n} is even`);
  return n * 10;
};

test('all errors are thrown together', async () => {
  expect(await mapCollectingErrors([1, 3], odd)).toEqual([10, 30]);
  await expect(mapCollectingErrors([1, 2, 3], odd)).rejects.toThrow(/^2 is even$/);
  await expect(mapCollectingErrors([2, 7, 4], odd)).rejects.toThrow(/^2 is even\n7a\n7b\n4 is even$/);
});

test('an error other than a KitError is thrown at once', async () => {
  await expect(mapCollectingErrors([2, 0], odd)).rejects.toThrow(TypeError);
});
