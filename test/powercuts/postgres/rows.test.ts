import { expect, test } from 'vitest';
import { checkRows } from './rows.ts';

test('rows that are there are no loss, nor are those that nobody was told of', () => {
  expect(() => checkRows('1 2 3 halves 0', [1, 3])).not.toThrow();
  expect(() => checkRows(' halves 0', [])).not.toThrow();
});

test.each([
  ['1 3 halves 0', '1 of 3 rows are lost: 2'],
  [' halves 0', '3 of 3 rows are lost: 1 2 3'],
  ['1 2 3 halves 1', 'transactions by halves'],
  ['', 'transactions by halves'],
])('the answer %j is an error', (answer, message) => {
  expect(() => checkRows(answer, [1, 2, 3])).toThrow(message);
});
