import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fromSystemError } from './system.ts';

function thrownBy(work: () => void): unknown {
  try {
    work();
  } catch (thrown) {
    return thrown;
  }
  return undefined;
}

test('a full disk has a message and a hint', () => {
  const error = fromSystemError(thrownBy(() => writeFileSync('/dev/full', 'x')));
  expect(error?.message).toBe('Cannot write: no space left on device');
  expect(error?.hint).toContain('KIT_CACHE');
});

test('the path is named', () => {
  const error = fromSystemError(thrownBy(() => writeFileSync('/nonexistent/x', '')));
  expect(error?.message).toBe('Cannot open "/nonexistent/x": no such file or directory');
});

test('anything other than a system error is left to the caller', () => {
  expect(fromSystemError(new TypeError('x'))).toBeUndefined();
  expect(fromSystemError('text')).toBeUndefined();
});
