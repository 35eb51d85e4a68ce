import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { healthCheck, watchHealth } from './health.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The health reports for a service whose probes return these results in turn; the last one repeats. */
async function reports(answers: string[], probes: number) {
  const abort = new AbortController();
  const reported: [probe: number, healthy: boolean, why: string][] = [];
  let probed = 0;
  const probe = async () => answers[Math.min(probed++, answers.length - 1)] ?? '';
  const watching = watchHealth(probe, (healthy, why) => reported.push([probed, healthy, why]), abort.signal);
  await vi.advanceTimersByTimeAsync(probes * healthCheck.period);
  expect(probed).toBe(probes);
  abort.abort();
  await vi.advanceTimersByTimeAsync(2 * healthCheck.period);
  await watching;
  expect(probed).toBe(probes);
  return reported;
}

test('a healthy service is probed and nothing is reported', async () => {
  expect(await reports([''], 20)).toEqual([]);
});

test('the third failure in a row and the first success after it are reported once', async () => {
  expect(await reports(['', 'a', 'b', 'c', 'd', '', ''], 7)).toEqual([
    [4, false, 'c'],
    [6, true, ''],
  ]);
});

test('failures that are not in a row are ignored', async () => {
  expect(await reports(['a', 'a', '', 'a', 'a', '', 'a'], 6)).toEqual([]);
  expect(await reports(['a', 'a', 'a', '', 'a', 'a', '', 'a', 'a', 'b'], 10)).toEqual([
    [3, false, 'a'],
    [4, true, ''],
    [10, false, 'b'],
  ]);
});

test('nothing is reported after the run has ended', async () => {
  const abort = new AbortController();
  const report = vi.fn();
  let probes = 0;
  const probe = async () => {
    if (++probes === healthCheck.failures) abort.abort();
    return 'ended';
  };
  const watching = watchHealth(probe, report, abort.signal);
  await vi.advanceTimersByTimeAsync(5 * healthCheck.period);
  await watching;
  expect([probes, report.mock.calls]).toEqual([healthCheck.failures, []]);
});
