import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { every } from './trim-weekly.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('first after its delay, then once a week', () => {
  const act = vi.fn();
  every(90 * 60_000, act);
  vi.advanceTimersByTime(90 * 60_000 - 1);
  expect(act).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(act).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(7 * 24 * 60 * 60_000 - 1);
  expect(act).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1 + 3 * 7 * 24 * 60 * 60_000);
  expect(act).toHaveBeenCalledTimes(5);
});
