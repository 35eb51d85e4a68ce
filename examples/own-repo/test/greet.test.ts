import { expect, test } from 'vitest';
import { greet } from '../web/greet.ts';

test('greets by name', () => {
  expect(greet('Hello', 'Ada')).toBe('Hello, Ada');
});
