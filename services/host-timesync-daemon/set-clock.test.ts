import { expect, test } from 'vitest';
import { setClock } from './set-clock.ts';

test.each<[string, number, number | undefined, number | undefined, string]>([
  ['behind', 1000, 3_601_000, 3_601_000, 'the clock was 3600.0 s behind: set it'],
  ['ahead', 9000, 7000, 7000, 'the clock was 2.0 s ahead: set it'],
  ['as near as that clock tells', 8500, 7000, undefined, 'the clock is right'],
  ['alone', 0, undefined, undefined, 'the machine has no battery-backed clock: the clock stays as it is'],
])('a clock that is %s', (_title, now, hardware, expected, said) => {
  const set: number[] = [];
  const clocks = { now: () => now, hardware: () => hardware, set: (timeMs: number) => void set.push(timeMs) };
  expect(setClock(clocks)).toBe(said);
  expect(set).toEqual(expected === undefined ? [] : [expected]);
});
