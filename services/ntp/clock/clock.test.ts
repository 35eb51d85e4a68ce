import { expect, test } from 'vitest';
import { leapToday } from './leap.ts';
import { adaptPoll } from './poll.ts';
import { type Readings, standstill } from './standstill.ts';

const ns = (date: string): bigint => BigInt(Date.parse(date)) * 1_000_000n;

test.each([
  [1, '2026-06-30T10:00:00Z', 1],
  [2, '2026-12-31T23:00:00Z', 2],
  [1, '2026-06-29T23:59:59Z', 0],
  [1, '2026-03-31T10:00:00Z', 0],
  [0, '2026-06-30T10:00:00Z', 0],
  [3, '2026-06-30T10:00:00Z', 0],
])('leap %d on %s: the kernel is told %d', (leap, day, told) => expect(leapToday(leap, ns(day))).toBe(told));

test.each<[string, Readings, Readings, number | undefined]>([
  ['nothing', { asleep: 0, hardwareAhead: 0 }, { asleep: 0, hardwareAhead: -0.9 }, undefined],
  ['sleep', { asleep: 5, hardwareAhead: 0 }, { asleep: 65, hardwareAhead: 0 }, 60],
  ['a pause', { asleep: 0, hardwareAhead: -0.5 }, { asleep: 0, hardwareAhead: 59.5 }, 60],
  ['a pause, in local time', { asleep: 0, hardwareAhead: 3600 }, { asleep: 0, hardwareAhead: 3660 }, 60],
  // The kernel has written the time that was just set.
  ['a write', { asleep: 0, hardwareAhead: -800_000 }, { asleep: 0, hardwareAhead: -0.3 }, undefined],
  [
    'no such clock',
    { asleep: 0, hardwareAhead: undefined },
    { asleep: 0, hardwareAhead: undefined },
    undefined,
  ],
])('%s', (_case, before, after, expected) => {
  const found = standstill(before, after);
  if (expected === undefined) expect(found).toBeUndefined();
  else expect(found).toBeCloseTo(expected);
});

test('the poll rises with a steady clock, falls with another, and stays within its limits', () => {
  const limits = { minPoll: 6, maxPoll: 7 };
  let state = { poll: 6, count: 0 };
  const after = (times: number, offset: number): number => {
    for (let time = 0; time < times; time++) state = adaptPoll(state, offset, 0.001, limits);
    return state.poll;
  };
  expect([after(5, 0), after(1, 0), after(20, 0)]).toEqual([6, 7, 7]);
  expect([after(6, 0.1), after(20, 0.1)]).toEqual([6, 6]);
});
