import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { health, watchHealth } from './health.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What is told of a service that answers so, one answer for each look; the last one stays. */
async function told(answers: string[], looks: number) {
  const abort = new AbortController();
  const said: [look: number, healthy: boolean, why: string][] = [];
  let asked = 0;
  const look = async () => answers[Math.min(asked++, answers.length - 1)] ?? '';
  const watching = watchHealth(look, (healthy, why) => said.push([asked, healthy, why]), abort.signal);
  await vi.advanceTimersByTimeAsync(looks * health.period);
  expect(asked).toBe(looks);
  abort.abort();
  await vi.advanceTimersByTimeAsync(2 * health.period);
  await watching;
  expect(asked).toBe(looks);
  return said;
}

test('a service that is well is looked at, and nothing is told', async () => {
  expect(await told([''], 20)).toEqual([]);
});

test('the third failure in a row is told with its cause, once; so is the first success after it', async () => {
  expect(await told(['', 'a', 'b', 'c', 'd', '', ''], 7)).toEqual([
    [4, false, 'c'],
    [6, true, ''],
  ]);
});

test('failures that are not in a row are chance, before as after', async () => {
  expect(await told(['a', 'a', '', 'a', 'a', '', 'a'], 6)).toEqual([]);
  expect(await told(['a', 'a', 'a', '', 'a', 'a', '', 'a', 'a', 'b'], 10)).toEqual([
    [3, false, 'a'],
    [4, true, ''],
    [10, false, 'b'],
  ]);
});

test('what comes after the end of the run is not told', async () => {
  const abort = new AbortController();
  const tell = vi.fn();
  let looks = 0;
  const look = async () => {
    if (++looks === health.limit) abort.abort();
    return 'ended';
  };
  const watching = watchHealth(look, tell, abort.signal);
  await vi.advanceTimersByTimeAsync(5 * health.period);
  await watching;
  expect([looks, tell.mock.calls]).toEqual([health.limit, []]);
});
