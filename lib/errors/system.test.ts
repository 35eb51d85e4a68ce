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

test('a full disk is told as such, with a way out', () => {
  const error = fromSystemError(thrownBy(() => writeFileSync('/dev/full', 'x')));
  expect(error?.message).toBe('Cannot write: no space left on device');
  expect(error?.hint).toContain('KIT_CACHE');
});

test('a missing folder is named', () => {
  const error = fromSystemError(thrownBy(() => writeFileSync('/nonexistent/x', '')));
  expect(error?.message).toBe('Cannot open "/nonexistent/x": no such file or directory');
});

test('what is not a system error stays what it is', () => {
  expect(fromSystemError(new TypeError('x'))).toBeUndefined();
  expect(fromSystemError('text')).toBeUndefined();
});
