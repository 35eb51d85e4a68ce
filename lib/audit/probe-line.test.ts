import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatProbeLine, parseProbeLine } from './probe-line.ts';

test('what the probe writes is read', () => {
  const result = { id: 'core-pattern', outcome: 'succeeded', detail: 'wrote "x"\n' } as const;
  for (const outcome of ['refused', 'succeeded', 'unknown', 'untried'] as const) {
    const one = { ...result, outcome };
    expect(parseProbeLine(formatProbeLine(one))).toEqual(one);
  }
  const long = { ...result, detail: 'x'.repeat(10_000) };
  expect(parseProbeLine(formatProbeLine(long))?.detail).toHaveLength(500);
});

test.each([
  '',
  'text',
  '{"audit":1,"outcome":"refused","detail":""}',
  '{"audit":"x","outcome":"fine","detail":""}',
  '{"audit":"x","outcome":"refused"}',
  '{"audit":',
  `{"audit":"${'x'.repeat(5000)}","outcome":"refused","detail":""}`,
])('any other line is not its: %s', (line) => {
  expect(parseProbeLine(line)).toBeUndefined();
});

test('no line is an error', () => {
  fc.assert(fc.property(fc.string(), (text) => void parseProbeLine(`{"audit":${text}`)));
});
