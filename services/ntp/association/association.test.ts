import { expect, test } from 'vitest';
import type { Measurement } from '../protocol/reply.ts';
import { fixedSeconds, secondsOf } from '../protocol/timestamp.ts';
import { Association } from './association.ts';

const pace = { burstSeconds: 2, patience: 3, minPoll: 6, maxPoll: 10 };
const association = (): Association => new Association(pace, 0, () => 0);
const measurement = (offset: number, delay = 0.01): Measurement => ({
  ...{ kind: 'measurement', offset: fixedSeconds(offset), delay, dispersion: 1e-6, leap: 0, stratum: 1 },
  ...{ rootDelay: 0, rootDispersion: 0, reference: Buffer.alloc(4) },
});
/** The seconds between requests, each of which gets `answer`. */
function gaps(one: Association, count: number, answer?: (at: number) => void): number[] {
  return Array.from({ length: count }, () => {
    const at = one.nextAt;
    one.asked(at, 6);
    answer?.(at);
    return one.nextAt - at;
  });
}

test('asks four times in a row, then at the pace of the clock', () => {
  const one = association();
  expect(gaps(one, 5, (at) => one.answered(measurement(0), at))).toEqual([2, 2, 2, 64, 64]);
  expect(one.reach).toBe(0b11111);
});

test('asks a silent server ever more rarely', () => {
  expect(gaps(association(), 14).slice(7)).toEqual([64, 128, 256, 512, 1024, 1024, 1024]);
});

test('DENY ends it, RATE slows it down each time, and other codes do nothing', () => {
  const one = association();
  expect(one.kissed({ kind: 'kiss', code: 'INIT' }, 0)).toContain('INIT');
  for (const seconds of [128, 256, 512]) {
    expect(one.kissed({ kind: 'kiss', code: 'RATE' }, 0)).toContain(`every ${seconds} s`);
    expect(one.nextAt).toBe(seconds);
    one.restart(0);
    expect(one.nextAt).toBe(seconds);
  }
  for (let time = 0; time < 30; time++) one.kissed({ kind: 'kiss', code: 'RATE' }, 0);
  expect(one.nextAt).toBe(2 ** 17);
  one.kissed({ kind: 'kiss', code: 'DENY' }, 0);
  expect(one.nextAt).toBe(Number.POSITIVE_INFINITY);
});

test('the fastest of the last eight samples counts, and one far from the others does not', () => {
  const one = association();
  const offset = (): number => secondsOf(one.filtered(10)?.best.measurement.offset ?? 0n);
  for (const [at, delay] of [0.03, 0.01, 0.02, 0.04].entries())
    one.answered(measurement(at / 1e4, delay), at);
  expect(offset()).toBeCloseTo(1e-4);
  one.answered(measurement(5, 0.001), 4);
  expect(offset()).toBeCloseTo(1e-4);
  // A second one: the clock has jumped.
  one.answered(measurement(5, 0.001), 5);
  expect([offset(), one.samples.length]).toEqual([5, 1]);
});

test('without a network it tries again soon', () => {
  const one = association();
  one.asked(0, 6);
  one.unsent(0);
  expect(one.nextAt).toBeLessThanOrEqual(4);
});
